import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** `KEEPCLEAR_STORY_FOLDER=/tmp/stories`: a page as it is seen on a desk and on a telephone, in both languages. */
export async function keepLooks(page: Page, name: string): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	const dialog = (await page.locator("dialog[open]").count()) > 0;
	for (const language of dialog ? ["zh"] : ["zh", "en"]) {
		for (const width of [1440, 390]) {
			await page.setViewportSize({ width, height: 900 });
			await page.screenshot({ path: join(folder, `${name}-${language}-${width}.png`), fullPage: !dialog });
		}
		if (!dialog) {
			await page.setViewportSize({ width: 1440, height: 900 });
			await page.getByTestId("language").click();
			await page.waitForFunction((was) => document.documentElement.lang !== was, language === "zh" ? "zh-CN" : "en");
		}
	}
	await page.setViewportSize({ width: 1440, height: 900 });
}
