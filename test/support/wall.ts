import type { Browser, Page } from "playwright-core";
import { openPage } from "./browser.ts";
import type { RunningInstallation } from "./installation.ts";

/** Signs in on the page as a person does, and stands before the wall. */
export async function openWall(
	browser: Browser,
	{ url, signIn }: RunningInstallation,
): Promise<{ page: Page; problems: string[] }> {
	const { page, problems } = await openPage(browser);
	await page.goto(url);
	await page.getByLabel("用户名").fill(signIn.name);
	await page.getByLabel("密码", { exact: true }).fill(signIn.password);
	await page.getByRole("button", { name: "登录" }).click();
	await page.getByTestId("sign-out").waitFor({ state: "attached" });
	return { page, problems };
}

/** Waits until the lane's tile shows one of these states. */
export async function laneIs(page: Page, lane: string, states: readonly string[], timeout = 30_000): Promise<void> {
	const tiles = states.map((state) => `[data-testid=lane-tile][data-lane="${lane}"][data-state=${state}]`);
	await page.locator(tiles.join(", ")).waitFor({ timeout });
}
