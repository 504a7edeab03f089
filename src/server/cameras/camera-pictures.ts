import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "#platform/write-atomically.ts";
import { ApiError } from "../http/api-error.ts";

/** The last picture of each camera, a file `<dataFolder>/pictures/<camera id>.jpg`. */
const pathOf = (dataFolder: string, cameraId: string) => join(dataFolder, "pictures", `${cameraId}.jpg`);

export async function keepPicture(dataFolder: string, cameraId: string, jpeg: Buffer): Promise<void> {
	if (!isJpeg(jpeg)) throw new ApiError(422, "wrong_content", "This is no JPEG picture.");
	await mkdir(join(dataFolder, "pictures"), { recursive: true, mode: 0o700 });
	await writeAtomically(pathOf(dataFolder, cameraId), jpeg);
}

export async function readPicture(dataFolder: string, cameraId: string): Promise<Buffer | null> {
	return readFile(pathOf(dataFolder, cameraId)).catch(() => null);
}

export const dropPicture = (dataFolder: string, cameraId: string) => rm(pathOf(dataFolder, cameraId), { force: true });

/** Begins with the start of an image and another marker; what is behind the end mark is the camera's business. */
export const isJpeg = (bytes: Uint8Array) =>
	bytes.length > 100 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
