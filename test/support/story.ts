import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Page } from "playwright-core";
import type { RunningInstallation } from "./installation.ts";

/** What a story has started is ended when it ends, last things first, also when it failed. */
export function endings(): (end: () => unknown) => void {
	const open: (() => unknown)[] = [];
	afterEach(async () => {
		for (const end of open.splice(0).reverse()) await end();
	});
	return (end) => void open.push(end);
}

/** `KEEPCLEAR_STORY_FOLDER=/tmp/stories`: what the page showed and the programs logged at the end of each story. */
export async function keepForReading(name: string, installation: RunningInstallation, page?: Page): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `${name}.log`), installation.logs());
	await page?.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** The same of a page alone. */
export async function keepPage(name: string, page: Page): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
