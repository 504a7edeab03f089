import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
	(path) => path && existsSync(path),
);

/** A real Chromium without a window. It asks nobody outside for anything. */
export function startBrowser(): Promise<Browser> {
	if (!executablePath) throw new Error("Chromium is missing: node scripts/set-up.mjs test installs it");
	return chromium.launch({
		executablePath,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
			"--autoplay-policy=no-user-gesture-required",
		],
	});
}

/** A page that fails the test when the page itself fails: what it threw and what the console called an error. */
export async function openPage(
	browser: Browser,
	{ width = 1440, height = 900 }: { width?: number; height?: number } = {},
): Promise<{ page: Page; problems: string[] }> {
	const context = await browser.newContext({
		viewport: { width, height },
		locale: "zh-CN",
		timezoneId: "Asia/Shanghai",
	});
	const page = await context.newPage();
	const problems: string[] = [];
	page.on("pageerror", (error) => problems.push(error.message));
	return { page, problems };
}
