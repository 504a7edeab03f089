import { countedIdSchema } from "#contract/ids.ts";
import type { PartLine } from "#core/roles/scope.ts";
import { findHandover } from "../handovers/handovers-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { edgeOfWhatIf } from "../live/what-ifs.ts";
import { lineOfPart, linesOfUser, sitesOfParty } from "./part-lines.ts";

/** Where an object is: at a site, and with an authority if it was handed to one. */
export interface Where {
	/** All of them must be within reach. Null: it is of all sites at once, and for those who answer for all of them. */
	readonly sites: readonly string[] | null;
	/** One of the sites within reach is enough. */
	readonly anySite?: true;
	readonly receiverIds?: readonly string[];
	/** In the place of sites: parts of the organisation, all of which must lie within one's scopes. */
	readonly parts?: readonly PartLine[];
}

interface ObjectRule {
	/** As it is called in "There is no such …". */
	readonly word: string;
	/** Undefined: there is none of this id. */
	readonly find: (parts: Pick<ServerParts, "store">, id: string) => Where | undefined;
}

/**
 * Every kind of object that an address or a body names by its id, and the one place that knows whose it is. An alert, and
 * what belongs to it, is of the site of the edge that raised it: its lane may be gone.
 */
export const objects = {
	site: bySql("site", "SELECT id AS siteId FROM sites WHERE id = ?"),
	/** One that an edge may make: its rows come with the edge. */
	site_to_be: { word: "site", find: (_parts, id) => ({ sites: [id] }) },
	alert: bySql("alert", "SELECT e.site_id AS siteId FROM alerts a JOIN edges e ON e.id = a.edge_id WHERE a.id = ?"),
	lane: bySql("lane", "SELECT site_id AS siteId FROM lanes WHERE id = ?"),
	camera: bySql("camera", "SELECT e.site_id AS siteId FROM cameras c JOIN edges e ON e.id = c.edge_id WHERE c.id = ?"),
	edge: bySql("edge", "SELECT site_id AS siteId FROM edges WHERE id = ?"),
	/** Also with those to whom a transfer handed it. */
	evidence: bySql(
		"evidence",
		`SELECT e.site_id AS siteId, (SELECT json_group_array(json_extract(t.receiver, '$.id'))
			FROM transfers t, json_each(t.facts, '$.alert.evidence') handed
			WHERE t.alert_id = v.alert_id AND t.forgotten_at IS NULL AND json_extract(handed.value, '$.id') = v.id) AS receiverIds
		FROM evidence v JOIN edges e ON e.id = v.edge_id WHERE v.id = ?`,
	),
	marking: bySql(
		"photo",
		"SELECT l.site_id AS siteId FROM marking_photos m JOIN lanes l ON l.id = m.lane_id WHERE m.id = ?",
	),
	handling_photo: bySql(
		"photo",
		`SELECT e.site_id AS siteId FROM handling_photos p JOIN alerts a ON a.id = p.alert_id JOIN edges e ON e.id = a.edge_id
		WHERE p.id = ?`,
	),
	permit: bySql("permit", "SELECT l.site_id AS siteId FROM permits p JOIN lanes l ON l.id = p.lane_id WHERE p.id = ?"),
	acceptance: bySql(
		"acceptance",
		`SELECT e.site_id AS siteId FROM acceptances j JOIN cameras c ON c.id = j.camera_id JOIN edges e ON e.id = c.edge_id
		WHERE j.id = ?`,
	),
	probe: bySql("probe", "SELECT e.site_id AS siteId FROM jobs j JOIN edges e ON e.id = j.edge_id WHERE j.id = ?"),
	what_if: { word: "question", find: ({ store }, id) => siteOfEdge(store, edgeOfWhatIf(store, id)) },
	transfer: bySql(
		"transfer",
		`SELECT e.site_id AS siteId, json_array(json_extract(t.receiver, '$.id')) AS receiverIds FROM transfers t
		JOIN alerts a ON a.id = t.alert_id JOIN edges e ON e.id = a.edge_id WHERE t.number = ?`,
	),
	handover: {
		word: "handover",
		find({ store }, id) {
			const counted = countedIdSchema.safeParse(id);
			const handover = counted.success ? findHandover(store, counted.data) : undefined;
			return handover && { sites: handover.sites };
		},
	},
	district: { word: "district", find: ({ store }, id) => byLine(lineOfPart(store, { kind: "district", id })) },
	street: { word: "street", find: ({ store }, id) => byLine(lineOfPart(store, { kind: "street", id })) },
	sector: { word: "sector", find: ({ store }, id) => byLine(lineOfPart(store, { kind: "sector", id })) },
	/** Who answers for something at all of these sites may change it; one that answers for nothing is of all of them. */
	party: { word: "responsible party", find: ({ store }, id) => whereOfParty(store, id) },
	/** To be named as responsible: by whoever sees it at a site of his. */
	party_to_name: {
		word: "responsible party",
		find({ store }, id) {
			const where = whereOfParty(store, id);
			return where && { ...where, anySite: true };
		},
	},
	user: {
		word: "user",
		find({ store }, id) {
			const parts = linesOfUser(store, id);
			return parts && { sites: null, parts };
		},
	},
	receiver: bySql("receiver", "SELECT NULL AS siteId FROM receivers WHERE id = ?"),
} as const satisfies Record<string, ObjectRule>;

export type ObjectKind = keyof typeof objects;
export const objectKinds = Object.keys(objects) as readonly ObjectKind[];

function bySql(word: string, sql: string): ObjectRule {
	return {
		word,
		find({ store }, id) {
			const row = store.prepare<[string], { siteId: string | null; receiverIds?: string }>(sql).get(id);
			const receiverIds = row?.receiverIds ? (JSON.parse(row.receiverIds) as string[]) : [];
			return row && { sites: row.siteId === null ? null : [row.siteId], receiverIds };
		},
	};
}

const byLine = (line: PartLine | undefined): Where | undefined => line && { sites: null, parts: [line] };

function whereOfParty(store: Store, id: string): Where | undefined {
	if (!store.prepare("SELECT 1 FROM parties WHERE id = ?").get(id)) return undefined;
	const sites = sitesOfParty(store, id);
	return { sites: sites.length === 0 ? null : sites };
}

const siteOfEdge = (store: Store, edgeId: string | undefined): Where | undefined =>
	edgeId === undefined ? undefined : objects.edge.find({ store }, edgeId);
