import sharp from "sharp";
import { expect, test } from "vitest";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import { until } from "../support/poll.ts";
import { endings, keepPage } from "../support/story.ts";
import { signedIn, startWatchedSite } from "../support/watched-site.ts";

const atEnd = endings();
const hour = 3_600_000;

/** As a phone writes it: its time, its make, and where it was. */
const photo = (background: string) =>
	sharp({ create: { width: 800, height: 600, channels: 3, background } })
		.withExif({
			IFD0: { Make: "Phone-9", DateTime: "2026:11:26 15:00:00" },
			IFD2: { DateTimeOriginal: "2026:11:26 15:00:00" },
			IFD3: { GPSLatitudeRef: "N", GPSLatitude: "40/1 39/1 0/1" },
		})
		.jpeg()
		.toBuffer();

test("a guard without a network goes, photographs and clears; it is sent later, once each, with its own times", async () => {
	const { server, boss, browser, raise, showPicture } = await startWatchedSite(atEnd);
	await showPicture(await photo("#446688"));
	raise("occ-1");
	const read = () => boss.json<HandlingAnswer>("/api/alerts/occ-1/handling");
	const { people } = await boss.json<{ people: { id: string; name: string }[] }>("/api/handling/people");
	const guard = people.find(({ name }) => name === "王师傅")?.id;
	await boss.json("/api/alerts/occ-1/handling", {
		method: "POST",
		json: { kind: "dispatched", to: { userId: guard }, note: "白色面包车，堵在东门" },
	});
	const problems: string[][] = [];
	const page = await signedIn(browser, server.url, "王师傅", { problems, width: 390, height: 844 });
	// The phone's clock is three hours ahead of what it should be.
	await page.addInitScript((aheadMs) => {
		const right = Date.now.bind(Date);
		Date.now = () => right() + aheadMs;
	}, 3 * hour);
	await page.goto(server.url); // a guard's first page is this one
	const card = page.getByTestId("guard-card");
	await card.filter({ hasText: "白色面包车" }).waitFor();
	await page.getByTestId("guard-clock").waitFor();
	await until("the page's files to be kept", () =>
		page.evaluate(async () => {
			const cache = await caches.open("keepclear-shell-1");
			const names = (await cache.keys()).map(({ url }) => new URL(url).pathname);
			return names.includes("/guard") && names.some((name) => name.includes("guard-page")) && names.length > 3;
		}),
	);
	const picture = card.locator("img[src^='blob:']"); // the phone's own copy
	await picture.waitFor();
	await keepPage("guard-online-390", page);

	await page.context().setOffline(true);
	await page.getByTestId("guard-offline").waitFor();
	await page.getByTestId("guard-on_the_way").click();
	await page.getByTestId("guard-on_site").click();
	for (const [moment, colour] of [
		["before", "#884422"],
		["after", "#228844"],
	] as const) {
		const buffer = await photo(colour);
		await page.getByTestId(`guard-file-${moment}`).setInputFiles({ name: "p.jpg", mimeType: "image/jpeg", buffer });
	}
	await page.locator("textarea[name=note]").fill("车主已驶离 🚗");
	await page.getByTestId("guard-add-note").click();
	await page.getByTestId("guard-reported_cleared").click();
	await page.locator("[data-testid=guard-queue][data-count='6']").waitFor();
	await keepPage("guard-offline-390", page);

	// The phone restarts without a network: nothing is lost.
	await page.reload();
	await page.locator("[data-testid=guard-queue][data-count='6']").waitFor();
	await card.filter({ hasText: "东门消防车通道" }).waitFor();
	await picture.waitFor();
	await page.getByTestId("guard-clock").waitFor(); // how wrong its clock is, it still knows
	await keepPage("guard-restarted-offline-390", page);
	expect((await read()).entries).toHaveLength(1);

	// Back online the first answers get lost on their way: what arrived is not there twice.
	let lost = 0;
	await page.route("**/handling**", async (route) => {
		if (route.request().method() === "GET" || lost >= 2) return route.continue();
		const arrived = await route.fetch().then(
			() => true,
			() => false, // still without a network
		);
		if (arrived) lost += 1;
		await route.abort();
	});
	await page.context().setOffline(false);
	await page.getByTestId("guard-queue").waitFor({ state: "detached", timeout: 60_000 });
	expect(lost).toBe(2);

	const { entries, handling } = await read();
	expect(entries.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
		"dispatched admin",
		...["on_the_way", "on_site", "photo", "photo", "note", "reported_cleared"].map((kind) => `${kind} 王师傅`),
	]);
	expect(handling.state).toBe("on_site"); // his word alone does not clear
	for (const { happenedAt, at, clockOffMs } of entries.slice(1)) {
		expect(Math.abs((clockOffMs ?? 0) - 3 * hour)).toBeLessThan(120_000);
		expect(happenedAt).toBeLessThanOrEqual(at);
		expect(Math.abs((happenedAt ?? 0) - Date.now())).toBeLessThan(180_000);
	}
	for (const shown of entries.flatMap((entry) => (entry.photo ? [entry.photo] : []))) {
		const stored = await boss.fetch(`/api/handling-photos/${shown.id}`);
		const bytes = Buffer.from(await stored.arrayBuffer());
		const { exif, format } = await sharp(bytes).metadata();
		expect(format).toBe("jpeg");
		expect(exif?.toString("latin1")).not.toContain("Phone-9");
		expect(shown.takenAt).toBe(Date.parse("2026-11-26T15:00:00+08:00"));
	}

	// After signing out nothing of anybody is left on the phone.
	await page.getByTestId("sign-out").click();
	await page.locator("input[name=username]").waitFor();
	const left = await page.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name }) => name);
		const cached = await Promise.all(
			(await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
		);
		return { names, api: cached.flat().filter((url) => url.includes("/api/")) };
	});
	expect(left).toEqual({ names: [], api: [] });

	const officer = await signedIn(browser, server.url, "安娜", { problems });
	await officer.goto(`${server.url}/alerts/occ-1`);
	await officer.getByTestId("handling-photo").nth(1).waitFor();
	await keepPage("guard-seen-by-officer-1440", officer);
	expect(problems.flat()).toEqual([]);
});
