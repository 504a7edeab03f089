/** What is known of the plate of a vehicle that stands: `partly` where a character is missing, `none` where it has none. */
export const stayPlateStates = ["read", "partly", "none", "unread"] as const;
export type StayPlateState = (typeof stayPlateStates)[number];

/** Why a plate was not read. */
export const unreadReasons = [
	"waiting", // no picture of it was looked at yet
	"not_found", // nothing in the pictures reads like a plate, and that does not prove that there is none
	"too_small", // the vehicle is too small in the picture
	"too_dark",
	"not_facing", // seen from the side, where no plate is
	"no_video", // the camera's video of that time was not recorded, or is no longer kept
	"no_room", // the disk had no room for video
	"no_models", // the edge has no models that read plates, or was told not to read
	"failed", // the models could not be run
] as const;
export type UnreadReason = (typeof unreadReasons)[number];

/** Why a vehicle may stand there by its plate. */
export const plateExemptionReasons = [
	"emergency", // by the plate's own class: fire and rescue (应急), police (警)
	"listed", // on the site's own list: ambulances and others on duty, whose plates are ordinary ones
	"permit",
] as const;
export type PlateExemptionReason = (typeof plateExemptionReasons)[number];
