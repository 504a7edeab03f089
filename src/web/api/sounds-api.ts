import { z } from "zod";
import { soundAnswer, soundTryAnswer } from "#contract/sounds-api.ts";
import { request } from "./http.ts";

const ofCamera = (id: string) => `/api/cameras/${encodeURIComponent(id)}/sound`;
/** 10 MB over a slow line, and its decoding. */
const slowMs = 120_000;

export const loadSound = (cameraId: string, signal?: AbortSignal) =>
	request("GET", ofCamera(cameraId), soundAnswer, { signal });
/** The server looks at what is in it; not every browser knows what an .amr is. */
export const putSound = (cameraId: string, words: string, file: Blob) =>
	request("PUT", `${ofCamera(cameraId)}?words=${encodeURIComponent(words)}`, soundAnswer, {
		body: file.type.startsWith("audio/") ? file : new Blob([file], { type: "audio/mpeg" }),
		withinMs: slowMs,
	});
export const removeSound = (cameraId: string) => request("DELETE", ofCamera(cameraId), z.undefined());
export const trySound = (cameraId: string, signal?: AbortSignal) =>
	request("POST", `${ofCamera(cameraId)}/try`, soundTryAnswer, { signal });
export const loadSoundTry = (cameraId: string, signal?: AbortSignal) =>
	request("GET", `${ofCamera(cameraId)}/try`, soundTryAnswer, { signal });
/** Another recording has another address. */
export const soundUrl = (cameraId: string, at: number) => `${ofCamera(cameraId)}/recording?v=${at}`;
