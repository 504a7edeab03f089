import sharp from "sharp";
import { readPicture } from "../cameras/camera-pictures.ts";
import type { Store } from "../store/open-store.ts";

/** Small enough to come at once over a poor line, and too small for a plate to be read in it. */
const widthPx = 480;
/** Pictures of as many cameras are kept made: all that look at one site ask for the same. */
const mostKept = 200;

export interface SmallPicture {
	readonly capturedAt: number;
	readonly jpeg: Buffer;
}

const kept = new Map<string, SmallPicture>();

/** The last picture of the camera that sees a lane; null: none has come, or it cannot be read. */
export async function smallPictureOf(store: Store, dataFolder: string, laneId: string): Promise<SmallPicture | null> {
	const camera = store
		.prepare<[string], { id: string; pictureAt: number | null }>(
			`SELECT c.id, c.picture_at AS pictureAt FROM zones z JOIN cameras c ON c.id = z.camera_id
			WHERE z.lane_id = ? AND c.removed_at IS NULL`,
		)
		.get(laneId);
	if (!camera || camera.pictureAt === null) return null;
	const key = `${dataFolder} ${camera.id}`;
	const known = kept.get(key);
	if (known?.capturedAt === camera.pictureAt) return known;
	const whole = await readPicture(dataFolder, camera.id);
	const jpeg = whole && (await smaller(whole));
	if (!jpeg) return null;
	if (kept.size >= mostKept) kept.clear();
	const made = { capturedAt: camera.pictureAt, jpeg };
	kept.set(key, made);
	return made;
}

const smaller = (jpeg: Buffer): Promise<Buffer | null> =>
	sharp(jpeg, { limitInputPixels: 60_000_000 })
		.resize({ width: widthPx, withoutEnlargement: true })
		.jpeg({ quality: 72 })
		.toBuffer()
		.catch(() => null);
