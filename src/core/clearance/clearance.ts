import type { Polygon } from "../geometry/shapes.ts";
import type { Zone } from "../scene.ts";
import { type Ground, groundOf, onGround } from "./calibration.ts";
import { fitOf, freeGroundOf, largestFree, type Rectangle } from "./free-rectangle.ts";
import { axisOf, turnedTo } from "./lane-axis.ts";
import { sectionsOf } from "./sections.ts";
import { shareInPicture } from "./share-in-picture.ts";

/** What is left of a lane beside what stands in it. */
export interface Clearance {
	/** Of the lane's width at its tightest place (of an aerial site: of its ground), 0..1. */
	readonly share: number;
	/** The clear width: what can pass at the tightest place (aerial site: see there). Null where the zone is not calibrated. */
	readonly widthM: number | null;
	/** Null where the zone is not calibrated, and for kinds of zones that no width is prescribed for. */
	readonly level: LaneLevel | null;
}

export type LaneLevel = "clear" | "narrowed" | "blocked";

export interface WidthThresholds {
	/** From this width on the lane is clear. */
	readonly clearWidthM: number;
	/** Below it no fire engine gets through. */
	readonly blockedWidthM: number;
}

/** GB 50016 7.2.2: what an aerial site measures at least, and beside a building of more than 50 m. */
export const aerialSite: Rectangle = { lengthM: 15, widthM: 10 };
export const aerialSiteOfTallBuilding: Rectangle = { lengthM: 20, widthM: 10 };
/** Our own figure: a ladder truck of 12 m with its outriggers out. Where less is left nothing can be set up. */
export const ladderTruck: Rectangle = { lengthM: 12, widthM: 7 };

/** An engine is this long: things nearer together along the lane must be passed in one straight go. */
export const engineLengthM = 8;

/**
 * How much of a zone is left beside what stands in it. More footprints never leave more. A lane that is itself narrower
 * than the thresholds is told by them all the same: an empty lane of 3.5 m is `narrowed`, since that is what an engine
 * meets. A calibration that cannot hold counts as none.
 *
 * @param footprints where things touch the ground, polygons in the picture
 */
export function clearanceOf(zone: Zone, footprints: readonly Polygon[], thresholds: WidthThresholds): Clearance {
	const ground = zone.calibration ? groundOf(zone.polygon, zone.calibration) : null;
	if (ground === null || typeof ground === "string") {
		return { share: shareInPicture(zone.polygon, footprints), widthM: null, level: null };
	}
	return zone.kind === "aerial_site"
		? siteClearance(ground, footprints)
		: laneClearance(zone, laneWidths(ground, footprints), thresholds);
}

/** The free rectangle of a calibrated aerial site that comes nearest to `wanted`; null without calibration. */
export function freeRectangleOf(zone: Zone, footprints: readonly Polygon[], wanted = aerialSite): Rectangle | null {
	const ground = zone.calibration ? groundOf(zone.polygon, zone.calibration) : null;
	if (ground === null || typeof ground === "string") return null;
	const { lane, obstacles } = turned(ground, footprints);
	const { lengthM, widthM } = largestFree(freeGroundOf(lane, obstacles), wanted);
	return { lengthM: toCentimetres(lengthM), widthM: toCentimetres(widthM) };
}

function laneWidths(ground: Ground, footprints: readonly Polygon[]): { share: number; widthM: number } {
	const { lane, obstacles } = turned(ground, footprints);
	const sections = sectionsOf(lane, obstacles, engineLengthM / 2);
	return {
		share: Math.min(1, ...sections.map(({ width, free }) => free / width)),
		widthM: toCentimetres(sections.length === 0 ? 0 : Math.min(...sections.map(({ free }) => free))),
	};
}

function laneClearance(zone: Zone, { share, widthM }: { share: number; widthM: number }, thresholds: WidthThresholds) {
	const { clearWidthM, blockedWidthM } = thresholds;
	const level = widthM >= clearWidthM ? "clear" : widthM >= blockedWidthM ? "narrowed" : "blocked";
	return { share, widthM, level: zone.kind === "fire_lane" ? level : null } satisfies Clearance;
}

/** The width is that of the largest free rectangle of the prescribed shape, so that 10 m and more mean that all of it fits. */
function siteClearance(ground: Ground, footprints: readonly Polygon[]): Clearance {
	const { lane, obstacles } = turned(ground, footprints);
	const free = freeGroundOf(lane, obstacles);
	const fit = (wanted: Rectangle) => toCentimetres(fitOf(largestFree(free, wanted), wanted) * wanted.widthM);
	const widthM = fit(aerialSite);
	const level = widthM >= aerialSite.widthM ? "clear" : fit(ladderTruck) >= ladderTruck.widthM ? "narrowed" : "blocked";
	return { share: free.share, widthM, level };
}

/** A quadrilateral of known size already runs along y, also one that is wider than long. */
function turned(ground: Ground, footprints: readonly Polygon[]): { lane: Polygon; obstacles: Polygon[] } {
	const obstacles = onGround(ground, footprints);
	if (ground.runsAlongY) return { lane: ground.outline, obstacles };
	const axis = axisOf(ground.outline);
	return {
		lane: turnedTo(axis, ground.outline),
		obstacles: obstacles.map((obstacle) => turnedTo(axis, obstacle)),
	};
}

/** Finer than any camera sees, and free of the last digits of arithmetic: four metres are four metres. */
const toCentimetres = (metres: number) => Math.round(metres * 100) / 100;
