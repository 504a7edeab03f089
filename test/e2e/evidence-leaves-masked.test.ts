import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { alertId, evidenceOf, makeKey, manifestText, sendKey, sendManifest, store } from "../support/sealed.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const builtPage = fileURLToPath(new URL("../../dist/web/", import.meta.url));

test("a duty officer exports evidence on the page: the originals are not offered, without them it leaves", async () => {
	const server = await buildTestApp({}, { pageFolder: builtPage });
	atEnd(() => server.close());
	await server.person("otto", "duty_officer");
	const edge = server.edge("edge-1");
	const key = makeKey();
	await sendKey(edge, key);
	putAlert(server.parts.store, {
		...{ id: alertId, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt: 1_795_366_800_000 },
		clearedAt: 1_795_366_900_000,
	});
	const still = evidenceOf("still_entry");
	await store(server, still);
	await sendManifest(edge, key, manifestText(key, { sequence: 1, previous: null }, [still]), 1);
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });

	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openPage(browser);
	await page.goto(`${url}/alerts/${alertId}`);
	await page.locator("input[name=username]").fill("otto");
	await page.locator("input[type=password]").fill(password);
	await page.locator("button[type=submit]").click();

	await page.getByTestId("export-evidence").click();
	const dialog = page.getByTestId("reason-dialog");
	await dialog.locator("input[name=reason]").fill("业委会查询");
	expect(await dialog.locator("input[value=authority]").count()).toBe(0);
	const downloading = page.waitForEvent("download");
	await page.getByTestId("reason-given").click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe(`${alertId}.evidence.zip`);
	const file = await download.path();
	expect((await readFile(file)).includes(still.content)).toBe(false);
	expect(await verifyPackage(await openPackage(file), key.public)).toMatchObject({
		broken: [],
		withheld: [`${still.id}.jpg`],
	});
	expect(problems).toEqual([]);
});
