import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { createFirstAdministrator } from "../../src/server/accounts/accounts-actions.ts";
import { appCode } from "../support/authenticator.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { bringAxe, findClipped, findInaccessible } from "../support/page-checks.ts";
import { keepLooks } from "../support/page-looks.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const own = "槐树开花的时候去东门";

test("an administrator sets up a second factor after the first own password, and signs in with codes from then on", async () => {
	const server = await buildTestApp({ name: "阳光花园", accounts: {} }, { pageFolder });
	atEnd(() => server.close());
	const first = (await createFirstAdministrator(server.parts.store, server.clock.now)) ?? "";
	await server.person("消防站值班员", "fire_station");
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openPage(browser);
	await bringAxe(page.context());
	const code = (secret: string) => {
		server.clock.now += 30_000; // the one before was taken
		return appCode(secret, server.clock.now);
	};

	await enterPassword(page, url, "admin", first);
	await page.getByTestId("own-password").waitFor();
	await page.locator("input[name=current]").fill(first);
	await page.locator("input[name=next]").fill(own);
	await page.getByTestId("change-password").click();

	await page.getByTestId("factor-due").waitFor();
	await page.goto(`${url}/users`); // no way around it
	await page.getByTestId("factor-due").waitFor();
	await looksWell(page, "factor-due");
	await page.getByTestId("factor-begin").click();
	const secret = (await page.getByTestId("factor-secret").innerText()).replaceAll(" ", "");
	expect(await page.getByRole("img", { name: "验证器应用的二维码" }).count()).toBe(1);
	await page.getByTestId("factor-confirm").click();
	await page.getByText("验证码是 6 位数字").waitFor();
	await page.locator("input[name=code]").fill("000000");
	await page.getByTestId("factor-confirm").click();
	await page.getByText("验证码不正确。请核对手机时间").waitFor();
	await looksWell(page, "factor-scan");
	await page.locator("input[name=code]").fill(code(secret));
	await page.getByTestId("factor-confirm").click();
	await page.getByTestId("recovery-codes").waitFor();
	const codes = await page.getByTestId("recovery-codes").locator("li").allInnerTexts();
	expect(codes).toHaveLength(10);
	expect(await page.getByTestId("recovery-done").isDisabled()).toBe(true);
	await looksWell(page, "factor-codes");
	const file = page.waitForEvent("download");
	await page.getByTestId("recovery-download").click();
	expect((await file).suggestedFilename()).toBe("keepclear-recovery-codes.txt");
	await page.locator("input[name=kept]").check();
	await page.getByTestId("recovery-done").click();
	await page.getByTestId("users-page").waitFor();

	// From now on: password, then a code.
	await signOut(page);
	await enterPassword(page, url, "admin", own);
	await page.getByTestId("sign-in-code").waitFor();
	const input = page.locator("input[autocomplete=one-time-code]");
	expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
	expect(await input.getAttribute("inputmode")).toBe("numeric");
	await input.fill("12345");
	await page.keyboard.press("Enter");
	await page.getByText("验证码是 6 位数字").waitFor();
	await looksWell(page, "sign-in-code");
	await input.fill("000000");
	await page.keyboard.press("Enter");
	await page.getByText("验证码不正确，或已经用过").waitFor();
	const now = code(secret);
	await input.fill(`${now.slice(0, 3)} ${now.slice(3)}`); // as it is copied from an app
	await page.keyboard.press("Enter");
	await page.getByTestId("sign-out").waitFor();

	// The telephone is not at hand; somebody typed the wrong account first and went back.
	await signOut(page);
	await enterPassword(page, url, "admin", own);
	await page.getByTestId("sign-in-back").click();
	await page.locator("input[autocomplete=current-password]").fill(own);
	await page.keyboard.press("Enter");
	await page.getByTestId("other-way").click();
	await looksWell(page, "sign-in-recovery");
	await input.fill(codes[0] ?? "");
	await page.keyboard.press("Enter");
	await page.getByTestId("sign-out").waitFor();
	await page.goto(`${url}/account`);
	await page.getByTestId("codes-left").filter({ hasText: "9" }).waitFor();
	await looksWell(page, "account-factor");
	await page.getByTestId("factor-replace").click();
	await page.locator("input[name=proof-password]").fill("wrong password");
	await page.locator("input[name=code]").fill("123456");
	await page.getByTestId("factor-begin").click();
	await page.getByText("密码或验证码不正确").waitFor();
	await looksWell(page, "factor-replace");
	await page.locator("input[name=proof-password]").fill(own);
	await page.locator("input[name=code]").fill(code(secret));
	await page.getByTestId("factor-begin").click();
	const another = (await page.getByTestId("factor-secret").innerText()).replaceAll(" ", "");
	await looksWell(page, "factor-dialog-scan");
	await page.locator("input[name=code]").fill(code(another));
	await page.getByTestId("factor-confirm").click();
	await page.locator("input[name=kept]").check();
	await looksWell(page, "factor-dialog-codes");
	await page.getByTestId("recovery-done").click();
	await page.getByTestId("factor-dialog").waitFor({ state: "detached" });
	await page.getByTestId("codes-left").filter({ hasText: "10" }).waitFor();

	// A colleague has lost his telephone.
	const station = await openPage(browser, { width: 390 });
	await enterPassword(station.page, url, "消防站值班员", password);
	await station.page.getByTestId("factor-begin").click();
	const his = (await station.page.getByTestId("factor-secret").innerText()).replaceAll(" ", "");
	await station.page.locator("input[name=code]").fill(code(his));
	await station.page.getByTestId("factor-confirm").click();
	await station.page.locator("input[name=kept]").check();
	await station.page.getByTestId("recovery-done").click();
	await station.page.getByTestId("factor-due").waitFor({ state: "detached" });
	await page.goto(`${url}/users`);
	const row = page.getByTestId("user-row").filter({ hasText: "消防站值班员" });
	await row.getByTestId("user-resetFactor").click();
	await page.getByTestId("ask-user-confirm").click();
	await row.getByText("待设置两步验证").waitFor();
	await looksWell(page, "users-factor");
	await enterPassword(station.page, url, "消防站值班员", password);
	await station.page.getByTestId("factor-due").waitFor();
	expect([problems, station.problems]).toEqual([[], []]);
});

async function enterPassword(page: Page, url: string, name: string, secret: string): Promise<void> {
	await page.goto(url);
	await page.fill("input[autocomplete=username]", name);
	await page.fill("input[autocomplete=current-password]", secret);
	await page.click("button[type=submit]");
}

async function signOut(page: Page): Promise<void> {
	await page.getByRole("button", { name: "退出登录" }).first().click();
	await page.locator("input[autocomplete=username]").waitFor();
}

/** On a desk and on a telephone: nothing is cut off, and everybody can use it. */
async function looksWell(page: Page, name: string): Promise<void> {
	for (const width of [1440, 390]) {
		await page.setViewportSize({ width, height: 900 });
		await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
		expect([name, width, await findClipped(page), await findInaccessible(page)]).toEqual([name, width, [], []]);
	}
	await page.setViewportSize({ width: 1440, height: 900 });
	await keepLooks(page, name);
}
