import { z } from "zod";
import { alertAnswer, alertsAnswer, playableAnswer } from "#contract/alerts-api.ts";
import {
	type CameraBody,
	type CameraPatch,
	cameraAnswer,
	camerasAnswer,
	type ZonesBody,
} from "#contract/cameras-api.ts";
import { exemptStaysAnswer } from "#contract/exempt-stays-api.ts";
import { type EdgeBody, edgesAnswer } from "#contract/edges-api.ts";
import { codeAnswer } from "#contract/enrolment-api.ts";
import { type NoticeBody, noticeAnswer, noticesAnswer } from "#contract/notices-api.ts";
import { probeAnswer } from "#contract/probes-api.ts";
import { type CodeBody, type SignInBody, secondStepAnswer, sessionAnswer } from "#contract/session-api.ts";
import { wallAnswer } from "#contract/wall-api.ts";
import { type AcceptanceBody, acceptanceAnswer, acceptancesAnswer } from "#contract/acceptances.ts";
import {
	type PermitBody,
	permitAnswer,
	permitsAnswer,
	policyAnswer,
	policyChangesAnswer,
	type SitePolicyBody,
} from "#contract/policy-api.ts";
import { liveAnswer, type WhatIfBody, whatIfAnswer } from "#contract/live-api.ts";
import { type HoldBody, retentionAnswer } from "#contract/retention-api.ts";
import { request, requestFile } from "./http.ts";

/** The calls of the HTTP API that the page makes, one function each; the paths stand in src/contract/*-api.ts. */

const nothing = z.undefined();
type Signal = AbortSignal | undefined;

export const signIn = (body: SignInBody) =>
	request("POST", "/api/session", z.union([secondStepAnswer, sessionAnswer]), { body, mayBeSignedOut: true });
export const enterCode = (body: CodeBody) =>
	request("POST", "/api/session/code", sessionAnswer, { body, mayBeSignedOut: true });
export const whoIsSignedIn = (signal?: Signal) =>
	request("GET", "/api/session", sessionAnswer, { signal, mayBeSignedOut: true });
export const signOut = () => request("DELETE", "/api/session", nothing);

export const loadWall = (signal?: Signal) => request("GET", "/api/wall", wallAnswer, { signal });

export interface AlertsFilter {
	readonly state: "open" | "cleared" | "all";
	readonly laneId?: string | undefined;
	readonly districtId?: string | undefined;
	readonly streetId?: string | undefined;
	readonly siteId?: string | undefined;
	readonly partyId?: string | undefined;
	readonly cause?: string | undefined;
	/** Alerts raised before this instant. */
	readonly before?: number | undefined;
	readonly limit?: number;
}
export function loadAlerts({ limit = 50, ...filter }: AlertsFilter, signal?: Signal) {
	const query = new URLSearchParams({ limit: String(limit) });
	for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
	return request("GET", `/api/alerts?${query.toString()}`, alertsAnswer, { signal });
}
export const loadAlert = (id: string, signal?: Signal) =>
	request("GET", `/api/alerts/${encodeURIComponent(id)}`, alertAnswer, { signal });
export const loadRetention = (id: string, signal?: Signal) =>
	request("GET", `/api/alerts/${encodeURIComponent(id)}/retention`, retentionAnswer, { signal });
export const holdEvidence = (id: string, body: HoldBody) =>
	request("PUT", `/api/alerts/${encodeURIComponent(id)}/legal-hold`, retentionAnswer, { body });
export const endHold = (id: string, body: HoldBody) =>
	request("POST", `/api/alerts/${encodeURIComponent(id)}/legal-hold/end`, retentionAnswer, { body });

export const acceptAlert = (id: string, body: AcceptanceBody) =>
	request("POST", `/api/alerts/${encodeURIComponent(id)}/acceptance`, alertAnswer, { body });
export const undoAcceptance = (id: string, body: AcceptanceBody) =>
	request("POST", `/api/acceptances/${encodeURIComponent(id)}/undo`, acceptanceAnswer, { body });
export const loadAcceptances = (cameraId: string, signal?: Signal) =>
	request("GET", `/api/acceptances?${new URLSearchParams({ cameraId }).toString()}`, acceptancesAnswer, { signal });

const plateQuery = (plate: string) =>
	plate.trim() === "" ? "" : `?${new URLSearchParams({ plate: plate.trim() }).toString()}`;
export const loadNotices = (id: string, plate: string, signal?: Signal) =>
	request("GET", `/api/alerts/${encodeURIComponent(id)}/notices${plateQuery(plate)}`, noticesAnswer, { signal });
export const sendNotice = (id: string, body: NoticeBody) =>
	request("POST", `/api/alerts/${encodeURIComponent(id)}/notices`, noticeAnswer, { body });
export const noticeSlipUrl = (id: string, plate: string) =>
	`/api/alerts/${encodeURIComponent(id)}/notice-slip${plateQuery(plate)}`;

/** As a zip. It is recorded with its reason. */
export const exportEvidence = (id: string, reason: string, receiver: "others" | "authority") =>
	requestFile(
		`/api/alerts/${encodeURIComponent(id)}/evidence-package?${new URLSearchParams({ reason, for: receiver }).toString()}`,
	);

export const evidenceUrl = (id: string) => `/api/evidence/${encodeURIComponent(id)}`;
export const playableUrl = (id: string) => `${evidenceUrl(id)}/playable`;
/** How far the clip that browsers can play is made; null once it is there. */
export async function playableProgress(id: string, signal?: Signal): Promise<number | null> {
	const response = await fetch(playableUrl(id), { headers: { range: "bytes=0-0" }, signal: signal ?? null });
	if (response.status !== 202) {
		await response.body?.cancel();
		if (!response.ok) throw new Error(`playable clip ${id}: ${response.status}`);
		return null;
	}
	return playableAnswer.parse(await response.json()).progress;
}

export const loadCameras = (signal?: Signal) => request("GET", "/api/cameras", camerasAnswer, { signal });
export const loadCamera = (id: string, signal?: Signal) =>
	request("GET", `/api/cameras/${encodeURIComponent(id)}`, cameraAnswer, { signal });
export const addCamera = (body: CameraBody) => request("POST", "/api/cameras", cameraAnswer, { body });
export const changeCamera = (id: string, body: CameraPatch) =>
	request("PATCH", `/api/cameras/${encodeURIComponent(id)}`, cameraAnswer, { body });
export const removeCamera = (id: string) => request("DELETE", `/api/cameras/${encodeURIComponent(id)}`, nothing);
export const saveZones = (id: string, body: ZonesBody) =>
	request("PUT", `/api/cameras/${encodeURIComponent(id)}/zones`, cameraAnswer, { body });
export const confirmView = (id: string) =>
	request("POST", `/api/cameras/${encodeURIComponent(id)}/view-confirmation`, cameraAnswer);
/** `at` only tells one picture from another for the browser's cache. */
export const pictureUrl = (cameraId: string, at: number) =>
	`/api/cameras/${encodeURIComponent(cameraId)}/picture?t=${at}`;

/** The newest picture and when it was taken; the browser's cache answers while there is no newer one. Null: none yet. */
export async function loadPicture(
	cameraId: string,
	signal: AbortSignal,
): Promise<{ jpeg: Blob; takenAt: number } | null> {
	const response = await fetch(`/api/cameras/${encodeURIComponent(cameraId)}/picture`, { cache: "no-cache", signal });
	if (!response.ok) return null;
	return { jpeg: await response.blob(), takenAt: Number(response.headers.get("x-captured-at")) };
}

export interface ProbeQuestion {
	readonly edgeId: string;
	readonly url: string;
	readonly transport: "tcp" | "udp";
	readonly cameraId?: string;
}
export const startProbe = (body: ProbeQuestion, signal?: Signal) =>
	request("POST", "/api/probes", probeAnswer, { body, signal });
export const loadProbe = (id: string, signal?: Signal) =>
	request("GET", `/api/probes/${encodeURIComponent(id)}`, probeAnswer, { signal });

/** What the worker sees, where it is newer than `after`; asking keeps it coming. */
export const loadLive = (cameraId: string, after: number | null, signal?: Signal) =>
	request(
		"GET",
		`/api/cameras/${encodeURIComponent(cameraId)}/live${after === null ? "" : `?after=${after}`}`,
		liveAnswer,
		{
			signal,
		},
	);
export const askWhatIf = (body: WhatIfBody, signal?: Signal) =>
	request("POST", "/api/what-ifs", whatIfAnswer, { body, signal });
export const loadWhatIf = (id: string, signal?: Signal) =>
	request("GET", `/api/what-ifs/${encodeURIComponent(id)}`, whatIfAnswer, { signal });

export const loadEdges = (signal?: Signal) => request("GET", "/api/edges", edgesAnswer, { signal });
export const addEdge = (body: EdgeBody) => request("POST", "/api/edges", codeAnswer, { body });
export const makeEdgeCode = (id: string) => request("POST", `/api/edges/${encodeURIComponent(id)}/code`, codeAnswer);
export const revokeEdge = (id: string, reason: string) =>
	request("DELETE", `/api/edges/${encodeURIComponent(id)}?reason=${encodeURIComponent(reason)}`, nothing);

export const loadPolicy = (signal?: Signal) => request("GET", "/api/policy", policyAnswer, { signal });
export const changePolicy = (body: SitePolicyBody) => request("PUT", "/api/policy", policyAnswer, { body });
/** `before`: changes with a lower number. */
export const loadPolicyChanges = (before?: number, signal?: Signal) =>
	request("GET", `/api/policy/changes${before === undefined ? "" : `?before=${before}`}`, policyChangesAnswer, {
		signal,
	});
export const loadExemptStays = (laneId: string, signal?: Signal) =>
	request("GET", `/api/exempt-stays?laneId=${encodeURIComponent(laneId)}&limit=10`, exemptStaysAnswer, { signal });

/** Those that hold or will. */
export const loadPermits = (laneId: string, signal?: Signal) =>
	request("GET", `/api/permits?laneId=${encodeURIComponent(laneId)}`, permitsAnswer, { signal });
export const givePermit = (body: PermitBody) => request("POST", "/api/permits", permitAnswer, { body });
export const endPermit = (id: string) => request("POST", `/api/permits/${encodeURIComponent(id)}/end`, permitAnswer);
