import { expect, test } from "vitest";
import type { PasswordAnswer } from "#contract/users-api.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { seriousProblems } from "../support/axe.ts";
import { openPage, startBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { keepLooks } from "../support/page-looks.ts";
import { demoClip, demoZones } from "../support/scenes.ts";
import { likeness, risingMuLaw, risingTone, soundOf } from "../support/sounds.ts";
import { endings, keepForReading } from "../support/story.ts";

const atEnd = endings();

test("a property manager adds a camera by its address, draws the lane, says who is responsible, and lets the camera speak", async () => {
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const { api } = installation;
	const camera = await startRtspCamera({
		streams: [{ path: "/gate", clip: demoClip, user: "viewer", password: "s3cret", audioOut: "PCMA" }],
	});
	atEnd(() => camera.close());
	const { edges } = await api.get<{ edges: { id: string; siteId: string }[] }>("/api/edges");
	const { id: edgeId = "", siteId = "" } = edges[0] ?? {};
	await api.post("/api/cameras", { name: "北门摄像机", edgeId, url: "rtsp://127.0.0.1:9/none" });
	const scopes = [{ kind: "site", id: siteId }];
	const { password } = await api.post<PasswordAnswer>("/api/users", {
		name: "李经理",
		role: "property_manager",
		scopes,
	});

	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openPage(browser);
	await page.goto(installation.url);
	await page.getByLabel("用户名").fill("李经理");
	await page.getByLabel("密码", { exact: true }).fill(password);
	await page.getByRole("button", { name: "登录" }).click();
	atEnd(() => keepForReading("manager-adds-camera", installation, page));
	await page.getByTestId("own-password").waitFor();
	await page.locator("input[name=current]").fill(password);
	await page.locator("input[name=next]").fill("花园里有三棵银杏树 2026 年种");
	await page.getByTestId("change-password").click();
	await page.getByTestId("wall-empty").waitFor();

	// A wrong address, a refused password, a name that is taken: each told in words, and nothing typed is lost.
	await page.goto(`${installation.url}/cameras/new`);
	const name = page.locator("input[name=camera-name]");
	const address = page.locator("input[name=camera-address]");
	await name.fill("北门摄像机");
	const connect = async (url: string, expected: "failed" | "ok") => {
		await address.fill(url); // user and password are taken out of it into their own fields
		await page.getByTestId("probe-start").click();
		await page.locator(`[data-testid=probe][data-state=${expected}]`).waitFor({ timeout: 40_000 });
		return page.getByTestId("probe").innerText();
	};
	const refusals = [
		await connect(camera.url("/gate").replace("/gate", "/no-such-stream"), "failed"),
		await connect(camera.url("/gate").replace("s3cret", "wrong"), "failed"),
	];
	expect(refusals[1]).toContain("密码");
	expect(refusals[0]).not.toBe(refusals[1]);
	expect(await connect(camera.url("/gate"), "ok")).toContain("有扬声器");
	await page.locator(".probe-picture").waitFor();
	await page.getByTestId("save-camera").click();
	await page.getByText("已有相同的名称").waitFor();
	expect(await name.inputValue()).toBe("北门摄像机");
	expect(await address.inputValue()).toContain("/gate");
	expect(await seriousProblems(page)).toEqual([]);
	await keepLooks(page, "manager-camera");
	await name.fill("南门摄像机");
	await page.getByTestId("save-camera").click();

	const canvas = page.getByTestId("zone-canvas");
	await canvas.waitFor({ timeout: 40_000 });
	const [zone] = await demoZones();
	const box = (await canvas.boundingBox())!;
	for (const [x, y] of zone!.polygon) await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
	await page.getByTestId("zone-finish").click();
	await page.locator("input[name=zone-name]").fill("南门消防车通道");
	await page.getByTestId("save-zones").click();
	await page.locator("[data-testid=zones-state][data-state=applied]").waitFor({ timeout: 30_000 });

	await page.getByTestId("lane-responsible").click();
	await page.locator("select[name=party]").selectOption({ label: "新的责任单位…" });
	await page.getByTestId("save-responsible").click();
	await page.getByText("请填写名称").waitFor();
	await page.locator("input[name=part-name]").fill("阳光物业");
	expect(await seriousProblems(page)).toEqual([]);
	await page.getByTestId("save-responsible").click();
	await page.getByText("责任单位已改为：阳光物业").waitFor();
	await keepLooks(page, "manager-zones");

	const added = /\/cameras\/([^/]+)/.exec(page.url())?.[1];
	await page.goto(`${installation.url}/cameras/${added}`);
	await page.getByText("这台摄像机自带扬声器").waitFor();
	await page.getByTestId("sound-file").setInputFiles("package.json");
	await page.getByText("这不是录音文件").waitFor();
	expect(camera.heard("/gate")).toEqual([]);
	await page.getByTestId("sound-file").setInputFiles(await risingTone(1, "tone.m4a"));
	await page.getByTestId("recorded-sound").waitFor();
	await page.getByTestId("try-sound").click();
	await page.locator("[data-testid=sound-tried][data-state=said]").waitFor({ timeout: 40_000 });
	expect(likeness(await risingMuLaw(1), soundOf(camera.heard("/gate")), "PCMA")).toBeGreaterThan(0.9);
	expect(await seriousProblems(page)).toEqual([]);
	await keepLooks(page, "manager-speaker");

	await page.goto(installation.url);
	const tile = page.getByTestId("lane-tile").filter({ hasText: "南门消防车通道" });
	await tile.waitFor();
	await keepLooks(page, "manager-wall");
	expect(installation.logs()).not.toContain("s3cret");
	expect(problems).toEqual([]);
});
