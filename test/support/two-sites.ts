import type { ObjectKind } from "../../src/server/scope/objects.ts";
import { putClue, putMarkings, photo, raisedAt, review, startClueWorld } from "./clue.ts";
import type { Inject, TestApp } from "./server-app.ts";
import { putAlert } from "./server-rows.ts";

/** One object of each kind at a site, by its id: what a route names is tried with these. */
export type SiteObjects = Readonly<Record<ObjectKind, string>>;

export interface TwoSites {
	readonly own: SiteObjects;
	/** Every id and name in it has `foreignMark`: a list that shows it shows too much. */
	readonly foreign: SiteObjects;
	/** The authority that the own site's clue went to. */
	readonly receiverId: string;
	readonly fireServiceId: string;
}

export const ownSite = "estate";
export const foreignMark = "harbour";

const outline = [
	[
		[0.1, 0.1],
		[0.4, 0.1],
		[0.4, 0.4],
	],
] as const;

/** Two sites with everything that a server knows of a site, made as people and edges make it. */
export async function seedTwoSites(server: TestApp): Promise<TwoSites> {
	const world = await startClueWorld(server);
	const { anna, lead, boss } = world;
	await putMarkings(world);
	await putClue(world, "own-clue");
	await review("own-clue", anna, lead);
	const sent = await lead("POST", "/api/alerts/own-clue/transfer", { json: { receiver: world.police.id } });
	const own = await seedSite(server, world, {
		...{ site: ownSite, edgeId: "edge-1", laneId: world.laneId, cameraId: world.cameraId, mark: "own" },
		evidence: "own-clue.panorama_entry",
		transfer: () => sent.json<{ number: string }>().number,
		receiver: world.police.id,
	});

	server.edge("harbour-edge", foreignMark);
	const camera = { name: "harbour camera", edgeId: "harbour-edge", url: "rtsp://10.0.0.10/1" };
	const { id: cameraId } = (await boss("POST", "/api/cameras", { json: camera })).json<{ id: string }>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zone = { id: "harbour-lane", name: "harbour lane", kind: "fire_lane", polygon, roadClass: "public_road" };
	await boss("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones: [zone] } });
	const { store } = server.parts;
	const foreign = await seedSite(server, world, {
		...{ site: foreignMark, edgeId: "harbour-edge", laneId: "harbour-lane", cameraId, mark: foreignMark },
		evidence: "harbour-evidence",
		receiver: world.fireService.id,
		// A second clue that is sealed, reviewed and sent would say no more: its row is that of the first.
		transfer: (alertId) => {
			store
				.prepare(
					`INSERT INTO transfers (year, serial, number, alert_id, receiver, note, facts, files, sums_sha256, made_by,
						made_at, ledger_seq)
					SELECT year, serial + 1, 'XS-2026-000002', ?, json_set(receiver, '$.id', ?, '$.name', 'harbour police'), note,
						replace(json_set(facts, '$.alert.siteId', 'harbour', '$.alert.laneId', 'harbour-lane'),
							'own-clue.panorama_entry', 'harbour-evidence'), files, sums_sha256, made_by,
						made_at, ledger_seq FROM transfers WHERE number = 'XS-2026-000001'`,
				)
				.run(alertId, world.fireService.id);
			return "XS-2026-000002";
		},
	});
	store
		.prepare(
			`INSERT INTO evidence (id, alert_id, edge_id, kind, captured_at, duration_ms, content_type, bytes, sha256, stored_at)
			SELECT 'harbour-evidence', 'harbour-alert', 'harbour-edge', kind, captured_at, duration_ms, content_type, bytes,
				sha256, stored_at FROM evidence WHERE id = 'own-clue.panorama_entry'`,
		)
		.run();
	return { own, foreign, receiverId: world.police.id, fireServiceId: world.fireService.id };
}

interface SiteSeed {
	readonly site: string;
	readonly edgeId: string;
	readonly laneId: string;
	readonly cameraId: string;
	/** What its ids begin with. */
	readonly mark: string;
	readonly evidence: string;
	readonly receiver: string;
	readonly transfer: (alertId: string) => string;
}

async function seedSite(
	server: TestApp,
	{ anna, lead, boss }: { anna: Inject; lead: Inject; boss: Inject },
	{ site, edgeId, laneId, cameraId, mark, evidence, receiver, transfer }: SiteSeed,
): Promise<SiteObjects> {
	const { store } = server.parts;
	putOrganisation(server, site, mark);
	const alert = `${mark}-alert`;
	putAlert(store, { id: alert, edgeId, laneId, cameraId, raisedAt, outline });
	const made = async (by: Inject, url: string, json: object): Promise<string> => {
		const answer = await by("POST", url, { json });
		if (answer.statusCode >= 300) throw new Error(`POST ${url}: ${answer.statusCode} ${answer.body}`);
		return String(answer.json<{ id: string | number }>().id);
	};
	const { now } = server.clock;
	const permit = { laneId, plate: null, from: now, until: now + 3_600_000, reason: `${mark} permit` };
	const headers = { "content-type": "image/jpeg" };
	const marking = await lead("PUT", `/api/lanes/${laneId}/markings/marking`, {
		payload: await photo("#c8b400"),
		headers,
	});
	const times = `moment=before&doneAt=${now}&sentAt=${now}`;
	const handlingPhoto = `${mark}-photo`;
	const payload = await photo("#224466");
	await anna("PUT", `/api/alerts/${alert}/handling/photos/${handlingPhoto}?${times}`, { payload, headers });
	const accepted = await anna("POST", `/api/alerts/${alert}/acceptance`, { json: { reason: `${mark} belongs here` } });
	const officer = await server.person(`${mark} officer`, "duty_officer", { scopes: [{ kind: "site", id: site }] });
	const officerId = store.prepare("SELECT id FROM users WHERE name = ?").pluck().get(`${mark} officer`) as string;
	return {
		...{ district: `${mark}-district`, street: `${mark}-street`, sector: `${mark}-sector`, user: officerId },
		...{ party: `${mark}-party`, party_to_name: `${mark}-party` },
		...{ site, site_to_be: site, alert, lane: laneId, camera: cameraId, edge: edgeId, evidence, receiver },
		handling_photo: handlingPhoto,
		marking: marking.json<{ id: string }>().id,
		permit: await made(anna, "/api/permits", permit),
		acceptance: accepted.json<{ acceptance: { id: string } }>().acceptance.id,
		probe: await made(boss, "/api/probes", { edgeId, url: "rtsp://10.0.0.9/1" }),
		what_if: await made(boss, "/api/what-ifs", { cameraId, zoneId: laneId, policy: {}, hours: [] }),
		handover: await made(officer, "/api/handovers", { note: `${mark} note` }),
		transfer: transfer(alert),
	};
}

/** Each site under a street, district and sector of its own, with a party that is responsible. */
function putOrganisation({ parts: { store } }: TestApp, site: string, mark: string): void {
	const id = (kind: string) => ({ id: `${mark}-${kind}`, name: `${mark} ${kind}` });
	for (const [table, kind] of [
		["districts", "district"],
		["sectors", "sector"],
	] as const) {
		store.prepare(`INSERT INTO ${table} (id, name) VALUES (@id, @name)`).run(id(kind));
	}
	store.prepare("INSERT INTO parties (id, kind, name) VALUES (@id, 'property_company', @name)").run(id("party"));
	store
		.prepare("INSERT INTO streets (id, district_id, name, party_id) VALUES (@id, @district, @name, @party)")
		.run({ ...id("street"), district: `${mark}-district`, party: `${mark}-party` });
	store
		.prepare("UPDATE sites SET street_id = ?, party_id = ? WHERE id = ?")
		.run(`${mark}-street`, `${mark}-party`, site);
	store.prepare("INSERT INTO site_sectors (site_id, sector_id) VALUES (?, ?)").run(site, `${mark}-sector`);
}
