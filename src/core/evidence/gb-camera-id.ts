/**
 * A camera's number by GB/T 28181, rule A: centre (8: administrative division and unit), industry (2), type (3), serial
 * (7). What makes a number that is none: another length, no division, another type than a camera's.
 */
export const cameraTypes = ["131", "132"] as const;

export type GbIdProblem = "not_20_digits" | "no_division" | "not_a_camera";

export const gbIdProblemText: Readonly<Record<GbIdProblem, string>> = {
	not_20_digits: "must be the camera's GB/T 28181 number, 20 digits without blanks",
	no_division: "must begin with the number of an administrative division (GB/T 2260), such as 150203",
	not_a_camera: `must have a camera's type (${cameraTypes.join(" or ")}) as its digits 11 to 13`,
};

/** Null where nothing is wrong with it. */
export function problemOfGbId(text: string): GbIdProblem | null {
	if (!/^\d{20}$/.test(text)) return "not_20_digits";
	// Provinces of GB/T 2260 are 11 to 82.
	const province = Number(text.slice(0, 2));
	if (province < 11 || province > 82) return "no_division";
	return cameraTypes.some((type) => text.slice(10, 13) === type) ? null : "not_a_camera";
}
