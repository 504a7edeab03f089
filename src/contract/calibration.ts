import { z } from "zod";
import { type CalibrationProblem, sizeRangeM } from "#core/clearance/calibration.ts";

const sideM = z.number().min(sizeRangeM.min).max(sizeRangeM.max);
const share = z.number().min(0).max(1);
const placeM = z.number().min(-10_000).max(10_000);
const knownPoint = z.strictObject({ at: z.tuple([share, share]), m: z.tuple([placeM, placeM]) });

/** The real size of a zone of four corners (0 to 1 across the lane, 1 to 2 along it), or four points of known place. */
export const calibrationSchema = z.union(
	[
		z.strictObject({ widthM: sideM, lengthM: sideM }),
		z.strictObject({ points: z.tuple([knownPoint, knownPoint, knownPoint, knownPoint]) }),
	],
	{
		error: `needs widthM and lengthM of ${sizeRangeM.min} to ${sizeRangeM.max} m, or four points, each with its place "at" in the picture (0 to 1) and "m" on the ground (metres)`,
	},
);

/** For people who send zones without the page; the page has its own words. */
export const calibrationProblemText: Record<CalibrationProblem, string> = {
	not_a_quadrilateral: "a width and a length need a polygon of exactly 4 points",
	not_convex: "a rectangle on the ground is never seen crossed or dented: mend the polygon's 4 points",
	points_in_line: "three of the four points lie in one line: none may",
	points_do_not_fit: "no camera sees the four places in metres in this order: compare each point with its metres",
	zone_beyond_horizon: "a part of the polygon would lie beyond the horizon: draw it nearer, or measure again",
	size_out_of_range: `the zone would measure less than ${sizeRangeM.min} m or more than ${sizeRangeM.max} m`,
};
