import { fileURLToPath } from "node:url";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileChannel } from "../../src/server/notices/file-channel.ts";
import { sendNotices } from "../../src/server/notices/send-notices.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const builtPage = fileURLToPath(new URL("../../dist/web/", import.meta.url));

test("a driver is asked to move on the page: words, slip, sending, and what became of it", async () => {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-asked-"));
	atEnd(() => rm(folder, { recursive: true, force: true }));
	const channel = { name: "outbox", kind: "file" as const, folder };
	const notices = { phone: "0472-1234567", channels: [channel] };
	const server = await buildTestApp({ name: "阳光花园", notices }, { pageFolder: builtPage });
	atEnd(() => server.close());
	const end = new AbortController();
	const sending = sendNotices(server.parts, [fileChannel(channel)], end.signal);
	atEnd(() => (end.abort(), sending));
	await server.person("anna", "duty_officer");
	server.edge("edge-1");
	const raisedAt = server.clock.now - 600_000;
	putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });

	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openPage(browser);
	await page.goto(`${url}/alerts/occ-1`);
	await page.locator("input[name=username]").fill("anna");
	await page.locator("input[type=password]").fill(password);
	await page.locator("button[type=submit]").click();

	const panel = page.getByTestId("notices");
	await panel.waitFor();
	await panel.locator("input[name=plate]").fill("蒙B12345");
	await page.getByTestId("notice-text").filter({ hasText: "蒙B·12**5" }).waitFor();
	const slip = await page.request.get(`${url}${await page.getByTestId("notice-slip").getAttribute("href")}`);
	expect(slip.headers()["content-type"]).toBe("application/pdf");
	await panel.locator("input[name=phone]").fill("13812345678");
	await page.getByTestId("notice-send").click();
	await page.locator("[data-testid=notice][data-state=sent]").waitFor();
	const [file = ""] = await readdir(folder);
	expect(JSON.parse(await readFile(join(folder, file), "utf8"))).toMatchObject({
		alertId: "occ-1",
		phone: "13812345678",
	});
	expect(await panel.innerText()).toContain("138****5678");
	expect(problems).toEqual([]);
});
