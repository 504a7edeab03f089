// A worker in little, to be killed: node --import tsx camera-process.ts, the camera's URL on standard input.
// Prints "frame" with each frame.
import { text } from "node:stream/consumers";
import { SegmentRing } from "../../edge/video/segment-ring.ts";
import { silentLog, watchCamera } from "./watched-camera.ts";

const [url = "", folder = ""] = (await text(process.stdin)).split("\n");
const ring = new SegmentRing({ folder, keepMs: 60_000, maxBytes: 1 << 30, log: silentLog });
const { frames } = watchCamera({ url, ring });
let told = 0;
setInterval(() => {
	for (; told < frames.length; told += 1) process.stdout.write("frame\n");
}, 50);
