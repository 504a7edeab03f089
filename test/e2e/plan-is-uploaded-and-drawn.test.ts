import sharp from "sharp";
import { expect, test } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { PlansAnswer } from "#contract/plans-api.ts";
import { startBrowser } from "../support/browser.ts";
import type { RunningInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { startTestServer } from "../support/server.ts";
import { endings, keepForReading } from "../support/story.ts";
import { openWall } from "../support/wall.ts";

const atEnd = endings();

test("a plan is uploaded, lanes and cameras are drawn on it, and the wall shows it", async () => {
	const server = await startTestServer();
	atEnd(() => server.stop());
	const admin = await server.admin();
	server.createEdge("edge-1");
	const json = { name: "南门摄像机", edgeId: "edge-1", url: "rtsp://10.0.0.9/live" };
	const camera = await admin.json<CameraAnswer>("/api/cameras", { method: "POST", json });
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.5, 0.9],
	];
	const zones = ["南门消防车通道", "3 号楼登高面"].map((name, index) => ({
		id: `lane-${index}`,
		name,
		kind: "fire_lane",
		polygon,
	}));
	await admin.json(`/api/cameras/${camera.id}/zones`, { method: "PUT", json: { zones } });
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const place = {
		url: server.url,
		signIn: { name: "admin", password: server.adminPassword },
		logs: () => "",
	} as RunningInstallation;
	const { page, problems } = await openWall(browser, place);
	atEnd(() => keepForReading("site-plan", place, page));

	await page.getByTestId("lane-tile").first().waitFor();
	await page.keyboard.press("m");
	await page.getByTestId("plan-edit").click();
	const drawing =
		'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700"><rect width="1200" height="700" fill="#eef1ee"/><rect x="150" y="120" width="300" height="180" fill="#cdd5da"/><rect x="700" y="120" width="300" height="180" fill="#cdd5da"/><path d="M60 420h1080v90H60z" fill="#d9d3c4"/></svg>';
	await page
		.getByTestId("plan-file")
		.setInputFiles({ name: "plan.svg", mimeType: "image/svg+xml", buffer: Buffer.from(drawing) });
	await page.getByText("只能上传 JPEG 或 PNG 图片").waitFor();
	const buffer = await sharp(Buffer.from(drawing)).png().toBuffer();
	await page.getByTestId("plan-file").setInputFiles({ name: "plan.png", mimeType: "image/png", buffer });
	await page.getByTestId("site-plan").waitFor();

	await page.getByTestId("place-lane").first().click();
	await page.getByTestId("place-camera").first().click();
	const end = page.locator('[data-testid=plan-handle][data-of="lane-0"]').nth(1);
	const plan = await page.getByTestId("site-plan").boundingBox();
	const from = await end.boundingBox();
	if (!plan || !from) throw new Error("the plan is not on the screen");
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(plan.x + 0.9 * plan.width, plan.y + 0.66 * plan.height, { steps: 5 });
	await page.mouse.up();
	await end.press("ArrowUp");
	await end.press("Shift+ArrowLeft");
	await page.keyboard.press("Control+z");
	await page.getByTestId("plan-save").click();
	const saved = await until("it to be saved", async () => {
		const { sites } = await admin.json<PlansAnswer>("/api/plans");
		return sites[0]?.plan?.marks.lanes.length ? sites[0].plan : undefined;
	});
	const [x = 0, y = 0] = saved.marks.lanes[0]?.points[1] ?? [];
	expect(Math.abs(x - 0.9)).toBeLessThan(0.02);
	expect(Math.abs(y - 0.66)).toBeLessThan(0.02); // the two steps of the keys were undone as one
	expect(saved.marks.cameras).toHaveLength(1);
	await looks("site-plan-editor");

	await page.locator(".back-link").click();
	await page.getByTestId("plan-lane").first().waitFor();
	await looks("site-plan-wall");
	await page.getByTestId("plan-lane").first().click();
	await page.getByTestId("lane-drawer").waitFor();

	// Somebody else takes the lanes off the plan: the open wall shows it without being loaded again.
	await admin.json(`/api/plans/${saved.siteId}/marks`, {
		method: "PUT",
		json: { revision: saved.revision, marks: { ...saved.marks, lanes: [] } },
	});
	await page.getByTestId("plan-lane").first().waitFor({ state: "detached" });
	expect(problems).toEqual([]);

	async function looks(name: string) {
		for (const [width, height] of [
			[1440, 900],
			[390, 844],
		] as const) {
			await page.setViewportSize({ width, height });
			await keepForReading(`${name}-${width}`, place, page);
		}
		await page.setViewportSize({ width: 1440, height: 900 });
	}
});
