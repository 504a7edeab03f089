import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";

/** Pixels of the camera's picture. */
const size = { width: 640, height: 360 };

/** The clips of a camera that looks at an empty yard, and at the same yard with a block in it; ten seconds each, to loop. */
export interface BlockClips {
	readonly empty: string;
	readonly occupied: string;
	/** The block in another codec and size. */
	readonly otherCodec: string;
	/** The block, and the same picture again and again. */
	readonly frozen: string;
}

export async function makeBlockClips(folder: string): Promise<BlockClips> {
	const ground = await textured(size.width, size.height, 95);
	const block = await textured(Math.round(size.width * 0.4), Math.round(size.height * 0.6), 225);
	const place = { left: Math.round(size.width * 0.05), top: Math.round(size.height * 0.2) };
	const occupied = await sharp(ground)
		.composite([{ input: block, ...place }])
		.png()
		.toBuffer();
	const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "30"];
	const h265 = ["-s", "960x540", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"];
	const noise = "noise=alls=6:allf=t,";
	const clip = async (name: string, picture: Buffer, codec: readonly string[], filter = noise, group = 10) => {
		const still = join(folder, `${name}.png`);
		await sharp(picture).toFile(still);
		const file = join(folder, `${name}.mp4`);
		// Noise of its own in each picture: one without is taken for a frozen one, rightly.
		const source = ["-loop", "1", "-framerate", "10", "-t", "10", "-i", still, "-vf", `${filter}format=yuv420p`];
		await promisify(execFile)("ffmpeg", [
			"-v",
			"error",
			"-y",
			...source,
			"-g",
			String(group),
			"-bf",
			"0",
			...codec,
			file,
		]);
		return file;
	};
	return {
		empty: await clip("empty", ground, h264),
		occupied: await clip("occupied", occupied, h264),
		otherCodec: await clip("other", occupied, h265),
		frozen: await clip("frozen", occupied, h264, "", 1), // whole pictures alone, or no two would be alike
	};
}

/** An empty yard of 160 by 96 pixels, two pictures a second, for many cameras at once. */
export async function makeTinyClip(file: string): Promise<string> {
	const still = file.replace(/mp4$/, "png");
	await sharp(await textured(160, 96, 95)).toFile(still);
	const source = [
		"-loop",
		"1",
		"-framerate",
		"2",
		"-t",
		"20",
		"-i",
		still,
		"-vf",
		"noise=alls=6:allf=t,format=yuv420p",
	];
	const codec = ["-g", "4", "-bf", "0", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30"];
	await promisify(execFile)("ffmpeg", ["-v", "error", "-y", ...source, ...codec, file]);
	return file;
}

/** Coarse and fine grain in grey, so that a view has something to be recognised by. */
async function textured(width: number, height: number, mean: number): Promise<Buffer> {
	const grain = (w: number, h: number, around: number, sigma: number) =>
		sharp({
			create: {
				...{ width: w, height: h, channels: 3, background: "black" },
				noise: { type: "gaussian", mean: around, sigma },
			},
		})
			.grayscale()
			.png()
			.toBuffer();
	const coarse = await sharp(await grain(Math.ceil(width / 24), Math.ceil(height / 24), mean, 30))
		.resize(width, height, { fit: "fill", kernel: "cubic" })
		.png()
		.toBuffer();
	return sharp(coarse)
		.composite([{ input: await grain(width, height, 128, 30), blend: "overlay" }])
		.png()
		.toBuffer();
}
