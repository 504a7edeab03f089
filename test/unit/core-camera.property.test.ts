import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type CameraFact,
	type CameraScene,
	type CameraState,
	initialCameraState,
	laneStates,
	reduceCamera,
} from "#core/camera.ts";
import { parseCameraState, parseLayers, serializeCameraState, serializeLayers } from "#core/camera-state.ts";
import {
	carBox,
	lookAt,
	oneLane,
	run,
	shortDelays,
	standsFrom,
	type SyntheticThing,
} from "../support/synthetic-camera.ts";

/** A car (or a person) that stops for a while, and that the detector misses now and then. */
const thing = fc.record({
	arrivesMs: fc.integer({ min: -5_000, max: 25_000 }),
	standsMs: fc.integer({ min: 0, max: 25_000 }),
	x: fc.constantFrom(0.1, 0.35, 0.5, 0.75),
	y: fc.constantFrom(0.35, 0.5),
	seed: fc.integer({ min: 1, max: 9 }),
	confidence: fc.constantFrom(0.26, 0.5, 0.9),
	missedMs: fc.constantFrom(0, 3_000),
});

/** Looks at an uneven pace, with losses of the camera in between. */
const story = fc.record({
	things: fc.array(thing, { maxLength: 3 }),
	gapsMs: fc.array(fc.constantFrom(200, 500, 1000, 1000, 2000, 2000, 15_000), { minLength: 5, maxLength: 35 }),
	lost: fc.array(fc.integer({ min: 1, max: 34 }), { maxLength: 2 }),
	/** From which looks on the camera sees by infrared, and by day again. */
	switched: fc.uniqueArray(fc.integer({ min: 4, max: 30 }), { maxLength: 3 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** Any picture will do, and many are looked at. */
const smallPicture = { width: 64, height: 36 };

function factsOf({ things, gapsMs, lost, switched }: Story): CameraFact[] {
	const cars = things.map(({ arrivesMs, standsMs, x, y, seed, confidence, missedMs }): SyntheticThing => ({
		label: seed === 9 ? "person" : "car",
		seed,
		confidence,
		boxAt: standsFrom(arrivesMs, arrivesMs + standsMs, x, y),
		seenAt: (at) => at % 10_000 >= missedMs,
	}));
	let at = 0;
	return gapsMs.map((gapMs, index) => {
		at += gapMs;
		if (lost.includes(index)) return { kind: "blind", at, reason: "stream_lost" };
		const inInfrared = switched.filter((from) => from <= index).length % 2 === 1;
		return inInfrared ? infrared(lookAt(cars, at, smallPicture)) : lookAt(cars, at, smallPicture);
	});
}

/** What is pale by day is dark, and the other way round. */
function infrared(fact: ReturnType<typeof lookAt>): CameraFact {
	const { grey } = fact;
	return { ...fact, grey: { ...grey, luma: grey.luma.map((value) => 240 - value) } };
}

const scene: CameraScene = {
	zones: [...oneLane().zones, { ...oneLane().zones[0]!, id: "other", polygon: cornersOf(carBox(0.1)) }],
};

function cornersOf({ x1, y1, x2, y2 }: ReturnType<typeof carBox>) {
	return [
		[x1, y1],
		[x2, y1],
		[x2, y2],
		[x1, y2],
	] as const;
}

const timeOf = (fact: CameraFact) => (fact.kind === "frame" ? fact.capturedAt : fact.at);
const check = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns: 60 });

test("extra ticks change nothing, wherever they come", () => {
	check(
		fc.property(story, fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 30 }), (told, instants) => {
			const plain = factsOf(told);
			const [begin, end] = [timeOf(plain[0]!), timeOf(plain.at(-1)!)];
			const ticks = instants.filter((at) => at >= begin && at <= end).map((at): CameraFact => ({ kind: "tick", at }));
			const mixed = [...plain, ...ticks].sort((a, b) => timeOf(a) - timeOf(b) || order(a) - order(b));
			const [ticked, unticked] = [run(mixed, scene), run(plain, scene)];
			expect(ticked.events).toEqual(unticked.events);
			expect(serializeCameraState(ticked.state)).toBe(serializeCameraState(unticked.state));
		}),
	);
});

test("splitting a recording anywhere and carrying the written state changes nothing", () => {
	check(
		fc.property(story, fc.nat(35), (told, cut) => {
			const all = factsOf(told);
			const first = run(all.slice(0, cut), scene);
			const carried = writtenAndRead(first.state);
			const second = run(all.slice(cut), scene, carried);
			const whole = run(all, scene);
			expect([...first.events, ...second.events]).toEqual(whole.events);
			expect(second.state.tracks).toEqual(whole.state.tracks);
			expect(second.state.zones).toEqual(whole.state.zones);
			expect(goodsOf(second.state)).toEqual(goodsOf(whole.state));
		}),
	);
});

test("the stories have lights that change: some state that is carried knows of two", () => {
	const quiet: Story = { things: [], gapsMs: Array<1000>(30).fill(1000), lost: [], switched: [10, 20] };
	const { layers } = writtenAndRead(run(factsOf(quiet), scene).state).goods;
	expect(layers).toMatchObject({ light: { since: 23_000 }, otherLights: [{ since: 13_000 }] });
});

test("raised and cleared alternate in every zone, with one id each, and times in order", () => {
	check(
		fc.property(story, (lived) => {
			const { events, state } = run(factsOf(lived), scene);
			for (const { zoneId, open } of laneStates(state)) {
				const told = events.flatMap((event) =>
					(event.kind === "raised" || event.kind === "cleared") && event.zoneId === zoneId ? [event] : [],
				);
				told.forEach((event, index) => {
					expect(event.kind).toBe(index % 2 === 0 ? "raised" : "cleared");
					const { period } = event;
					if (event.kind === "cleared") {
						expect(period.occupancyId).toBe(told[index - 1]!.period.occupancyId);
						expect(period.clearedAt).toBeGreaterThan(period.enteredAt);
						expect(event.at).toBeGreaterThanOrEqual(period.clearedAt!);
					} else {
						const before = told[index - 1]?.period.clearedAt ?? -1;
						expect(period.enteredAt).toBeGreaterThanOrEqual(before);
					}
				});
				expect(open === null).toBe(told.length % 2 === 0);
				expect(new Set(told.map(({ period }) => period.occupancyId)).size).toBe(Math.ceil(told.length / 2));
			}
		}),
	);
});

test("occupied never follows a stay shorter than the on-delay", () => {
	check(
		fc.property(story, (told) => {
			for (const event of run(factsOf(told), scene).events) {
				if (event.kind !== "raised") continue;
				expect(event.period.raisedAt - event.period.enteredAt).toBeGreaterThanOrEqual(shortDelays.vehicleOnDelayMs);
			}
		}),
	);
});

test("unknown neither raises nor clears, and only a frame ends it", () => {
	check(
		fc.property(story, fc.integer({ min: 0, max: 900_000 }), (told, laterMs) => {
			const all = factsOf(told);
			let state = initialCameraState();
			for (const fact of [...all, { kind: "tick", at: timeOf(all.at(-1)!) + laterMs } as const]) {
				const open = laneStates(state).map((lane) => lane.open?.occupancyId);
				const step = reduceCamera(state, fact, scene);
				state = step.state;
				if (fact.kind === "frame") continue;
				expect(step.events.filter(({ kind }) => kind !== "stateChanged")).toEqual([]);
				if (open.length > 0) expect(laneStates(state).map((lane) => lane.open?.occupancyId)).toEqual(open);
				if (fact.kind === "blind")
					expect(new Set(laneStates(state).map((lane) => lane.state))).toEqual(new Set(["unknown"]));
			}
		}),
	);
});

test("entered comes before what it leads to: raised or left", () => {
	check(
		fc.property(story, (told) => {
			const waiting = new Set<string>();
			for (const { kind, zoneId } of run(factsOf(told), scene).events) {
				if (kind === "entered") {
					expect(waiting.has(zoneId)).toBe(false);
					waiting.add(zoneId);
				} else if (kind === "left" || kind === "raised") {
					expect(waiting.delete(zoneId)).toBe(true);
				}
			}
		}),
	);
});

test("frames that come late or twice change nothing", () => {
	check(
		fc.property(story, fc.array(fc.tuple(fc.nat(34), fc.nat(34)), { maxLength: 6 }), (told, repeats) => {
			const plain = factsOf(told);
			const late = plain.flatMap((fact, index) => {
				const old = repeats
					.filter(([after, which]) => after === index && which <= index)
					.map(([, which]) => plain[which]!);
				return [fact, ...old.filter(({ kind }) => kind === "frame")];
			});
			// What tells that the camera is lost is told by no picture that is older.
			const [mixed, alone] = [run(late, scene), run(plain, scene)];
			expect(mixed.events).toEqual(alone.events);
			expect(serializeCameraState(mixed.state)).toBe(serializeCameraState(alone.state));
		}),
	);
});

test("the order of detections does not matter, down to the events", () => {
	check(
		fc.property(story, (told) => {
			const plain = factsOf(told);
			const turned = plain.map((fact) =>
				fact.kind === "frame" ? { ...fact, detections: fact.detections.toReversed() } : fact,
			);
			expect(run(turned, scene).events).toEqual(run(plain, scene).events);
		}),
	);
});

test("blind time only grows, is never more than the time watched, and stands still while the camera sees", () => {
	check(
		fc.property(story, (told) => {
			let state = initialCameraState();
			for (const fact of factsOf(told)) {
				const before = laneStates(state);
				state = reduceCamera(state, fact, scene).state;
				for (const { zoneId, blindMs, watchedSince } of laneStates(state)) {
					const was = before.find((lane) => lane.zoneId === zoneId);
					expect(blindMs).toBeGreaterThanOrEqual(was?.blindMs ?? 0);
					expect(blindMs).toBeLessThanOrEqual(timeOf(fact) - watchedSince);
				}
			}
		}),
	);
});

/**
 * As the edge keeps it: the layers of the goods go their own way. The look before is not written with them, so that what
 * was about to be learned of the empty lane begins anew; it is given back here, to compare all the rest exactly.
 */
function writtenAndRead(state: CameraState): CameraState {
	const read = parseCameraState(serializeCameraState(state));
	const { layers } = state.goods;
	if (!layers) return read;
	const { passing, passingSince } = layers;
	const kept = { ...parseLayers(serializeLayers(layers)), passing, passingSince };
	return { ...read, goods: { ...read.goods, layers: kept } };
}

/** Written: so many bytes are compared one by one else. */
function goodsOf({ goods }: CameraState) {
	return { ...goods, layers: goods.layers && serializeLayers(goods.layers) };
}

/** A tick at the instant of another fact comes after it: the fact was there first. */
const order = (fact: CameraFact) => (fact.kind === "tick" ? 1 : 0);
