import { deleteSubscription, loadPushKey, putSubscription } from "../api/push-api.ts";
import { guardWorker } from "../guard/guard-worker.ts";
import { currentLanguage } from "../i18n/i18n.ts";

/** `unable`: this browser cannot, or the page is not reached by https. `denied`: its person said no, in the browser. */
export type PushState = "unable" | "denied" | "off" | "on";

const isAble = () =>
	window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** Whether this phone is told; nobody is asked anything. What is subscribed is told anew to the server, in today's language. */
export async function pushHere(): Promise<PushState> {
	if (!isAble()) return "unable";
	if (Notification.permission === "denied") return "denied";
	const subscription = await subscriptionHere();
	if (!subscription || Notification.permission !== "granted") return "off";
	const { publicKey } = await loadPushKey();
	if (textOf(subscription.options.applicationServerKey) !== publicKey) {
		await subscription.unsubscribe(); // of a server that was set up anew
		return "off";
	}
	await tellServer(subscription);
	return "on";
}

/** Only after a click: the browser asks its person. */
export async function startPush(): Promise<PushState> {
	if (!isAble()) return "unable";
	if ((await Notification.requestPermission()) !== "granted") return "denied";
	const registration = await guardWorker();
	const { publicKey } = await loadPushKey();
	const applicationServerKey = bytesOf(publicKey);
	await tellServer(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
	return "on";
}

export async function endPush(): Promise<PushState> {
	const subscription = await subscriptionHere();
	if (!subscription) return "off";
	await subscription.unsubscribe();
	await deleteSubscription(subscription.endpoint);
	return "off";
}

/** The server forgot it with the session; the phone forgets it here. */
export async function forgetPush(): Promise<void> {
	await (await subscriptionHere())?.unsubscribe();
}

async function subscriptionHere(): Promise<PushSubscription | null> {
	if (!isAble()) return null;
	const registration = await navigator.serviceWorker.getRegistration("/guard");
	return (await registration?.pushManager.getSubscription()) ?? null;
}

async function tellServer(subscription: PushSubscription): Promise<void> {
	const [p256dh, auth] = [textOf(subscription.getKey("p256dh")), textOf(subscription.getKey("auth"))];
	await putSubscription({ endpoint: subscription.endpoint, keys: { p256dh, auth }, language: currentLanguage() });
}

function textOf(bytes: ArrayBuffer | null): string {
	const characters = [...new Uint8Array(bytes ?? new ArrayBuffer(0))].map((byte) => String.fromCharCode(byte));
	return btoa(characters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	const characters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
	return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
