import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { openPage, startBrowser } from "../support/browser.ts";
import { keepLooks } from "../support/page-looks.ts";
import { buildTestApp, password } from "../support/server-app.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const pageFolder = fileURLToPath(new URL("../../dist/web/", import.meta.url));

test("an administrator builds the organisation, takes a step back, and adds a user who chooses a password", async () => {
	const server = await buildTestApp({ name: "阳光花园" }, { pageFolder });
	atEnd(() => server.close());
	const boss = await server.person("系统管理员", "admin");
	server.edge("edge-1", "estate");
	const json = { name: "南门摄像机", edgeId: "edge-1", url: "rtsp://10.0.0.9/live" };
	const camera = (await boss("POST", "/api/cameras", { json })).json<{ id: string }>().id;
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.5, 0.9],
	];
	const zones = ["南门消防车通道", "3 号楼登高面"].map((name, at) => ({
		...{ id: `lane-${at}`, name, kind: "fire_lane", polygon },
	}));
	await boss("PUT", `/api/cameras/${camera}/zones`, { json: { zones } });
	const url = await server.app.listen({ host: "127.0.0.1", port: 0 });
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const { page, problems } = await openPage(browser);
	await signIn(page, url, "系统管理员", password);
	await page.getByRole("link", { name: "组织", exact: true }).click();
	await page.getByTestId("organisation-page").waitFor();

	await page.getByTestId("add-district").click();
	await page.getByTestId("save-part").click();
	await page.getByText("请填写名称").waitFor();
	await save(page, "滨江区");
	await page.getByTestId("add-street").click();
	await save(page, "沿河街道");
	await page.getByTestId("add-site").click();
	await save(page, "晨光小区 🌅");
	await page.getByText("已添加：晨光小区 🌅").waitFor();
	await page.getByTestId("undo").click(); // closed again, for nothing is deleted
	await page.getByRole("link", { name: "晨光小区 🌅" }).waitFor({ state: "detached" });
	await page.getByTestId("show-closed").check();
	await page.getByTestId("open").click();
	await page.getByTestId("show-closed").uncheck();

	// Where the lanes are: renamed, and moved under the street.
	await page.getByTestId("org-tree").getByRole("button", { name: "修改: estate" }).click();
	await page.locator("select[name=street]").selectOption({ label: "沿河街道" });
	await page.locator("input[name=address]").fill("沿河路 8 号");
	await save(page, "阳光花园");
	// Somebody else renames the street while its dialog is open.
	await page.getByTestId("org-tree").getByRole("button", { name: "修改: 沿河街道" }).click();
	const street = (await boss("GET", "/api/organisation"))
		.json<{ streets: { id: string; name: string; revision: number }[] }>()
		.streets.find(({ name }) => name === "沿河街道");
	await boss("PATCH", `/api/organisation/streets/${street?.id}`, {
		json: { revision: street?.revision, name: "滨河街道" },
	});
	await page.locator("input[name=part-name]").fill("沿江街道");
	await page.getByTestId("save-part").click();
	await page.getByTestId("conflict").getByText("系统管理员").waitFor();
	expect(await page.locator("input[name=part-name]").inputValue()).toBe("沿江街道");
	await page.getByTestId("save-part").click();
	await page.getByTestId("add-party").click();
	await page.getByTestId("add-contact").click();
	await page.locator("input[name=contact-name]").fill("李经理");
	await page.locator("input[name=contact-phone]").fill("打电话");
	await page.locator("input[name=part-name]").fill("阳光物业");
	await page.getByTestId("save-part").click();
	await page.getByText("请填写电话号码").waitFor();
	await keepLooks(page, "organisation-dialog");
	await page.locator("input[name=contact-phone]").fill("139 0000 0000");
	await page.getByTestId("save-part").click();
	await page.getByText("已添加：阳光物业").waitFor();
	await keepLooks(page, "organisation");

	await page.getByTestId("open-site").filter({ hasText: "阳光花园" }).click();
	await page.getByTestId("site-responsible").click();
	await page.locator("select[name=party]").selectOption({ label: "阳光物业" });
	await page.getByTestId("save-responsible").click();
	await page.getByTestId("lane-responsible").first().click();
	await page.locator("select[name=party]").selectOption({ label: "新的责任单位…" });
	await page.locator("input[name=part-name]").fill("第三小学");
	await keepLooks(page, "responsible-dialog");
	await page.getByTestId("save-responsible").click();
	await page.getByText("责任单位已改为：第三小学").waitFor();
	expect(await page.getByTestId("site-lane").allInnerTexts()).toEqual([
		expect.stringContaining("第三小学"),
		expect.stringContaining("阳光物业 (同场所)"),
	]);

	// Targets: what is wrong is told at its field, what it means is shown.
	const manager = page.locator("input[name=target-manager]");
	await manager.fill("0.5");
	await page.getByText("不能早于前一级（再次响铃）").waitFor();
	await manager.fill("4");
	expect(await page.getByTestId("targets-means").innerText()).toContain("4 分钟后仍无人确认：通知值班主管");
	await page.getByTestId("save-targets").click();
	await page.getByText("时限已保存").waitFor();
	await keepLooks(page, "site");

	await page.goto(`${url}/users`);
	await page.getByTestId("add-user").click();
	await page.locator("input[name=user-name]").fill("系统管理员");
	await page.locator("select[name=role]").selectOption("guard");
	await page.locator("select[name=scope]").selectOption({ label: "阳光花园" });
	await page.getByTestId("save-user").click();
	await page.getByText("已有此用户名").waitFor();
	await keepLooks(page, "user-dialog");
	await page.locator("input[name=user-name]").fill("保安老赵");
	await page.getByTestId("save-user").click();
	const first = await page.getByTestId("first-password").innerText();
	await keepLooks(page, "password-dialog");
	await page.getByTestId("password-noted").click();
	expect(await page.content()).not.toContain(first);
	await page.getByText("待改初始密码").waitFor();
	await keepLooks(page, "users");

	const zhao = await openPage(browser, { width: 390 });
	await signIn(zhao.page, url, "保安老赵", first);
	await zhao.page.getByTestId("own-password").waitFor();
	await zhao.page.locator("input[name=current]").fill(first);
	await zhao.page.locator("input[name=next]").fill("短");
	await zhao.page.getByTestId("change-password").click();
	await zhao.page.locator("[aria-invalid=true]").waitFor();
	await keepLooks(zhao.page, "own-password");
	await zhao.page.locator("input[name=next]").fill("老赵的新密码 2026 很长");
	await zhao.page.getByTestId("change-password").click();
	await zhao.page.waitForURL(/\/guard$/);
	expect([problems, zhao.problems]).toEqual([[], []]);
});

async function save(page: Page, name: string): Promise<void> {
	await page.locator("input[name=part-name]").fill(name);
	await page.getByTestId("save-part").click();
	await page.getByTestId("part-dialog").waitFor({ state: "detached" });
}

async function signIn(page: Page, url: string, name: string, secret: string): Promise<void> {
	await page.goto(url);
	await page.fill("input[autocomplete=username]", name);
	await page.fill("input[autocomplete=current-password]", secret);
	await page.click("button[type=submit]");
}
