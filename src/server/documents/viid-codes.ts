import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { KnownColour, PlateClass } from "#core/plates/grammar.ts";

/** GA/T 16.7, 机动车号牌种类. What a plate's text and ground do not tell apart is the ordinary one of its kind. */
export const plateClassCodes: Readonly<Record<PlateClass, string>> = {
	large: "01",
	small: "02",
	embassy: "03",
	consulate: "04",
	foreign: "06",
	trailer: "15",
	learner: "16",
	temporary: "22",
	police: "23",
	"hong-kong": "26",
	macau: "27",
	"armed-police": "31",
	military: "32",
	"new-energy-large": "51",
	"new-energy-small": "52",
	emergency: "99",
};
export const otherClassCode = "99";

/** GA/T 1400.3, ColorType. */
export const plateColourCodes: Readonly<Record<KnownColour, string>> = {
	black: "1",
	white: "2",
	blue: "5",
	yellow: "6",
	green: "9",
	"yellow-green": "99",
};
export const otherColourCode = "99";

/** GA/T 1400.3, of SubImageInfo: 01 车辆大图, 02 车牌彩色小图, 14 场景图, 100 others. */
export const imageTypeCodes: Partial<Record<EvidenceKind, string>> = {
	panorama_entry: "14",
	panorama_confirmed: "01",
	plate: "02",
	panorama_cleared: "14",
	reference: "14",
	outline: "100",
};

/** GA/T 1400.1, part of an id: an image; a motor vehicle in it. */
export const imageSubtype = "02";
export const motorVehicleSubtype = "02";
