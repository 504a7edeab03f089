import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { StayPlateBody } from "#contract/stay-plate.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { photo, putClue, startClueWorld } from "../support/clue.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));

/** What the reader proposes: one character unread, one doubtful. */
const proposal: StayPlateBody = {
	...{
		state: "partly" as const,
		reason: null,
		text: "蒙B12-45",
		plateClass: "small" as const,
		colour: "blue" as const,
		confidence: 0.4,
	},
	characters: [..."蒙B12345"].map((char, i) => ({ char, confidence: i === 4 ? 0.4 : i === 3 ? 0.82 : 0.99 })),
	...{ isSure: false, reads: 6, looks: 9, readAt: null, exemption: null, settled: true },
};

test("a clue is confirmed, approved, held back for a missing photo, transferred, and comes back", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	const world = await startClueWorld(server);
	await putClue(world, "clue-1", { set: { plate: proposal } });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const folder = await mkdtemp(join(tmpdir(), "keepclear-clue-"));
	atEnd(() => rm(folder, { recursive: true, force: true }));

	const officer = await openPage(browser);
	await signIn(officer.page, url, "anna", "/alerts/clue-1");
	expect(await officer.page.textContent("[data-testid=plate]")).toContain("待人工确认");
	await officer.page.check("[data-testid=confirmation-true]");
	await officer.page.fill("[name=confirmed-plate]", "蒙B1234");
	await officer.page.waitForSelector("text=不符合号牌规则");
	await officer.page.fill("[name=confirmed-plate]", "蒙B·12345");
	await keep(officer.page, "1-confirming");
	await officer.page.click("[data-testid=confirm]");
	await officer.page.waitForSelector("[data-testid=review][data-state=confirmed]");
	expect(await officer.page.textContent("[data-testid=step-approval]")).toContain("您的角色不能做这一步");

	const lead = await openPage(browser);
	await signIn(lead.page, url, "lead", "/alerts/clue-1");
	await lead.page.check("[data-testid=approval-true]");
	await lead.page.click("[data-testid=approve]");
	await lead.page.waitForSelector("[data-testid=review][data-state=approved]");
	await officer.page.waitForSelector("[data-testid=review][data-state=approved]"); // by itself
	const missing = await lead.page.locator("[data-testid=transfer-missing] li").allTextContents();
	expect(missing.join()).toMatch(/标线的照片.*标志牌的照片/s);
	expect(missing).toHaveLength(2);
	await keep(lead.page, "2-missing");

	await lead.page.click("[data-testid=transfer-missing] a >> nth=0");
	await lead.page.waitForSelector("[data-testid=markings]");
	for (const [kind, colour] of [
		["marking", "#c8b400"],
		["sign", "#b02020"],
	] as const) {
		const file = join(folder, `${kind}.jpg`);
		await writeFile(file, await photo(colour));
		await lead.page.setInputFiles(`[data-testid=file-${kind}]`, file);
		await lead.page.waitForSelector(`[data-testid=marking-${kind}][data-there=true]`);
	}
	await keep(lead.page, "3-markings");
	await lead.page.goBack();

	await lead.page.waitForSelector("[data-testid=transfer-ready]");
	expect(await lead.page.locator("[name=receiver] option").allTextContents()).toEqual(["昆都仑区交警大队 · 公安交管"]);
	await lead.page.click("[data-testid=send-transfer]");
	await lead.page.click("[data-testid=send-dialog-confirm]");
	await lead.page.waitForSelector("[data-testid=transfer][data-number=XS-2026-000001]");
	expect(await lead.page.textContent("[data-testid=transfer-panel]")).toContain("线索，待审核");
	expect(await lead.page.textContent("[data-clock=review]")).toContain("2026-12-03 到期");
	const [download] = await Promise.all([
		lead.page.waitForEvent("download"),
		lead.page.click("[data-testid=transfer] [data-testid=package]"),
	]);
	expect(download.suggestedFilename()).toBe("XS-2026-000001.zip");

	await addEntry(lead.page, "receipt", () => lead.page.fill("[name=entry-person]", "王警官"));
	await addEntry(lead.page, "returned", () => lead.page.selectOption("[name=reject-reason]", "unclear_picture"));
	await lead.page.waitForSelector("[data-testid=transfer][data-state=returned]");
	await keep(lead.page, "4-returned");
	await lead.page.click("a[href='/transfers']");
	await lead.page.click("button:has-text('已退回')");
	const row = await lead.page.textContent("[data-testid=transfer-row]");
	expect(row).toContain("蒙B·12**5");
	expect(row).not.toContain("12345");
	await keep(lead.page, "5-transfers");
	expect([officer.problems, lead.problems]).toEqual([[], []]);
});

async function signIn(page: Page, url: string, name: string, path: string): Promise<void> {
	await page.goto(`${url}${path}`);
	await page.fill("input[autocomplete=username]", name);
	await page.fill("input[autocomplete=current-password]", password);
	await page.click("button[type=submit]");
	await page.waitForSelector("[data-testid=review][data-state]");
}

async function addEntry(page: Page, kind: string, fill: () => Promise<unknown>): Promise<void> {
	await page.click("[data-testid=add-entry]");
	await page.selectOption("[name=entry-kind]", kind);
	await fill();
	await page.click("[data-testid=save-entry]");
	await page.waitForSelector(`[data-testid=entry][data-kind=${kind}]`);
}

/** `KEEPCLEAR_STORY_FOLDER=/tmp/stories`: each step as it is seen on a desk and on a telephone. */
async function keep(page: Page, name: string): Promise<void> {
	const folder = process.env["KEEPCLEAR_STORY_FOLDER"];
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `clue-${name}.png`), fullPage: true });
	await page.setViewportSize({ width: 390, height: 844 });
	await page.screenshot({ path: join(folder, `clue-${name}-390.png`), fullPage: true });
	await page.setViewportSize({ width: 1440, height: 900 });
}
