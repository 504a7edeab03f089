/** Why a piece of evidence is not there. */
export const missingReasons = [
	"no_video", // the camera's video of that time was not recorded, or is no longer kept
	"left_before", // what stood there had left before it was due
	"no_room", // the disk had no room
	"failed", // it could not be made while its video was kept
	"not_seen_free", // the alert ended otherwise than by the camera's seeing the lane free
	"plate_not_read", // no plate was read; what is said of the plate has the reason
	"camera_removed",
	"given_up", // it was taken, and went before it could be sent: too much waited on the edge's disk
	"lost", // it was taken, and its file on the edge's disk went or was changed before it could be sent
	"refused", // it was taken, and the server refused it for good
] as const;
export type MissingReason = (typeof missingReasons)[number];
