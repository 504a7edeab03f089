import { Observable } from "../observable.ts";
import { remember, remembered } from "../remembered.ts";

/** `blocked`: wanted, but the browser waits for a click before it plays anything. */
export type SoundState = "off" | "on" | "blocked" | "unsupported";

const supported = typeof AudioContext === "function";
export const sound = new Observable<SoundState>(supported ? "off" : "unsupported");

let context: AudioContext | null = null;

/** Takes up what was chosen before. Without a click since the page was loaded most browsers answer `blocked`. */
export function startSound(): void {
	if (!supported || remembered("sound") !== "on") return;
	openContext();
	sound.set(context?.state === "running" ? "on" : "blocked");
	const unblock = () => void resume();
	for (const name of ["pointerdown", "keydown"]) addEventListener(name, unblock, { once: true });
}

/** Must be called from a click. Rings once, so that it is heard that it works. */
export async function switchSoundOn(): Promise<void> {
	if (!supported) return;
	remember("sound", "on");
	openContext();
	await resume();
	ring();
}

export function switchSoundOff(): void {
	remember("sound", "off");
	sound.set(supported ? "off" : "unsupported");
}

/** Two rising notes, twice: heard through talk, not shrill. */
export function ring(): void {
	if (!context || sound.value !== "on") return;
	const start = context.currentTime + 0.02;
	for (const [note, at] of [
		[659, 0],
		[880, 0.18],
		[659, 0.5],
		[880, 0.68],
	] as const) {
		playNote(context, note, start + at);
	}
}

function playNote(on: AudioContext, hertz: number, at: number): void {
	const tone = new OscillatorNode(on, { type: "triangle", frequency: hertz });
	const loudness = new GainNode(on, { gain: 0 });
	loudness.gain.setValueAtTime(0, at);
	loudness.gain.linearRampToValueAtTime(0.5, at + 0.015);
	loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
	tone.connect(loudness).connect(on.destination);
	tone.start(at);
	tone.stop(at + 0.34);
}

function openContext(): void {
	if (context) return;
	context = new AudioContext();
	context.addEventListener("statechange", () => {
		if (sound.value === "off") return;
		sound.set(context?.state === "running" ? "on" : "blocked");
	});
}

async function resume(): Promise<void> {
	if (!context || remembered("sound") !== "on") return;
	// Some browsers never answer while they block: do not wait for ever.
	await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
	sound.set(context.state === "running" ? "on" : "blocked");
}
