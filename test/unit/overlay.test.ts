import { expect, test } from "vitest";
import { reduceCamera } from "#core/camera.ts";
import { overlayOf } from "../../edge/evidence/overlay.ts";
import { overlaySvg, sheetFor } from "../../src/cli/replay/debug-video/overlay-svg.ts";
import { carBox, lookAt, looks, oneLane, run, standsFrom } from "../support/synthetic-camera.ts";

const lane = oneLane();
const corner = [
	[0, 0],
	[0.1, 0],
	[0, 0.1],
] as const;
const mask = { id: "trees", kind: "ignore", polygon: corner, policy: lane.zones[0]!.policy } as const;
const scene = { zones: [...lane.zones, mask] };
const parked = { label: "car", seed: 1, boxAt: standsFrom(3_000, 60_000) };

function overlayAt(at: number) {
	const { state: before } = run(looks([parked], { toMs: at - 1000 }), scene);
	const fact = lookAt([parked], at);
	const { state, looks: shown } = reduceCamera(before, fact, scene);
	return overlayOf({ at, state, scene, looks: shown, detections: fact.detections });
}

test("an overlay tells zones, what the model saw, who stands since when, and what counts as a stay", () => {
	const overlay = overlayAt(12_000);
	expect(overlay).toMatchObject({
		at: 12_000,
		zones: [
			{ zoneId: "lane", state: "occupied", open: { label: "car", enteredAt: 3_000 } },
			{ zoneId: "trees", kind: "ignore", state: null, open: null },
		],
		detections: [{ label: "car", box: carBox(0.42) }],
		tracks: [{ trackId: 1, standsSince: 3_000, missingSince: null }],
		stays: [{ zoneId: "lane", cause: "vehicle", since: 3_000, confirmed: true }],
	});
});

test("it is plain data that survives JSON", () => {
	const overlay = overlayAt(12_000);
	expect(JSON.parse(JSON.stringify(overlay))).toEqual(overlay);
});

test("drawn, it says the lane's state, its times and its reason in words", () => {
	const words = overlaySvg(overlayAt(12_000), sheetFor(960, 540, 1));
	expect(words).toContain(
		"lane   occupied 4.0 s, since 0:08.0   ·   vehicle car: entered 0:03.0, raised 0:08.0, dwell 9.0 s",
	);
	expect(words).toContain("#1 stands 9.0 s since 0:03.0");
	expect(words).toContain("car 0.80");
	expect(words).toContain("trees ignored");
	expect(words).toContain("view good");
});

test("drawn, it says why the picture is not trusted, and shows what was put down anywhere", () => {
	const overlay = overlayAt(12_000);
	const sheet = sheetFor(960, 540, 1);
	const frozen = { fit: false, reason: "picture_frozen", since: 9_000 } as const;
	expect(overlaySvg({ ...overlay, view: frozen }, sheet)).toContain("view picture_frozen since 0:09.0");
	expect(overlaySvg({ ...overlay, view: { ...frozen, reason: null } }, sheet)).toContain("view doubtful since 0:09.0");
	const heap = overlaySvg({ ...overlay, things: [corner] }, sheet);
	expect(heap.match(/stroke-dasharray="2 4"/g)).toHaveLength(1);
});

test("a mask's outline and goods are drawn only where there are any, and names cannot break the drawing", () => {
	const overlay = overlayAt(12_000);
	const [stay] = overlay.stays;
	const outline = [lane.zones[0]!.polygon];
	const heap = { ...stay!, cause: "object" as const, label: "<object>", outline };
	const without = overlaySvg(overlay, sheetFor(960, 540, 1));
	const drawn = overlaySvg({ ...overlay, stays: [heap] }, sheetFor(960, 540, 1));
	expect(drawn.match(/<polygon/g)!.length).toBe(without.match(/<polygon/g)!.length + 1);
	expect(drawn).toContain("&#60;object&#62; since 0:03.0");
});

test("the sheet's height is even, as the encoder needs it", () => {
	for (const zones of [0, 1, 2, 3]) {
		const { height, stripHeight } = sheetFor(960, 540, zones);
		expect((height + stripHeight) % 2).toBe(0);
	}
});
