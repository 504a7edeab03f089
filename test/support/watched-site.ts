import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { createUser } from "../../src/server/accounts/accounts-actions.ts";
import { openPage, startBrowser } from "./browser.ts";
import { type Person, startTestServer, type TestServer } from "./server.ts";
import { putAlert } from "./server-rows.ts";

const builtPage = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const password = "correct-horse-battery";
const now = () => Date.now();

/** A server with its rounds, a lane, three people, and an open alert on it. */
export interface WatchedSite {
	readonly server: TestServer;
	readonly boss: Person;
	readonly browser: Browser;
	/** As if its edge had raised one, now. */
	readonly raise: (id: string) => void;
	/** As if its edge had sent what the camera sees now. */
	readonly showPicture: (jpeg: Buffer) => Promise<void>;
}

export async function startWatchedSite(atEnd: (end: () => unknown) => void): Promise<WatchedSite> {
	const server = await startTestServer({ handling: { targets: { quiet: null } } }, builtPage);
	atEnd(() => server.stop());
	const { store, feed } = server.parts;
	for (const name of ["安娜", "白天", "王师傅"]) {
		const role = name === "王师傅" ? "guard" : "duty_officer";
		await createUser(store, { name, role, scopes: [{ kind: "all" }], password }, now());
	}
	const edge = server.createEdge("edge-1");
	const boss = await server.admin();
	const camera = await boss.json<{ id: string }>("/api/cameras", {
		method: "POST",
		json: { name: "东门枪机", edgeId: "edge-1", url: "rtsp://10.0.0.9/" },
	});
	const polygon = [
		[0.1, 0.3],
		[0.9, 0.3],
		[0.9, 0.9],
	];
	const zones = [{ id: "lane-1", name: "东门消防车通道", kind: "fire_lane", polygon }];
	await boss.json(`/api/cameras/${camera.id}/zones`, { method: "PUT", json: { zones } });
	store.prepare("UPDATE edges SET state = 'online', state_since = 1, state_at = ?").run(now());
	store.prepare("UPDATE lanes SET state = 'occupied', since = ?, state_at = ?").run(now(), now());
	const browser = await startBrowser();
	atEnd(() => browser.close());
	const raise = (id: string) => {
		putAlert(store, { id, edgeId: "edge-1", laneId: "lane-1", cameraId: camera.id, raisedAt: now() });
		feed.append("alert", id, now());
		feed.append("lane", "lane-1", now());
	};
	const showPicture = async (jpeg: Buffer) => {
		const answer = await fetch(`${server.url}/api/edge/cameras/${camera.id}/picture`, {
			method: "PUT",
			headers: { authorization: `Bearer ${edge.token}`, "content-type": "image/jpeg", "x-captured-at": String(now()) },
			body: new Uint8Array(jpeg),
		});
		if (!answer.ok) throw new Error(`the picture was not taken: ${await answer.text()}`);
	};
	return { server, boss, browser, raise, showPicture };
}

interface SignedInOptions {
	readonly problems: string[][];
	readonly before?: (page: Page) => Promise<unknown>;
	readonly width?: number;
	readonly height?: number;
}

/** What goes wrong on the page is added to `problems`; `before` is done before it is first opened. */
export async function signedIn(
	browser: Browser,
	url: string,
	name: string,
	{ problems, before, ...size }: SignedInOptions,
): Promise<Page> {
	const opened = await openPage(browser, size);
	problems.push(opened.problems);
	await before?.(opened.page);
	await opened.page.goto(url);
	await opened.page.locator("input[name=username]").fill(name);
	await opened.page.locator("input[type=password]").fill(password);
	await opened.page.locator("button[type=submit]").click();
	await opened.page.getByTestId("sign-out").waitFor({ state: "attached" });
	return opened.page;
}
