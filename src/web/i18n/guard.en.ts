import type { Dictionary } from "./dictionary.ts";

export const enGuard: Pick<Dictionary, "guard"> = {
	guard: {
		page: "On the spot",
		mine: "Given to me",
		nothing: "Nothing is given to you.",
		others: "Other obstructions ({{count}})",
		picture: "Still of {{lane}}",
		on_the_way: "On the way",
		on_site: "On site",
		reported_cleared: "Cleared",
		photo_before: "Photo before",
		photo_after: "Photo after",
		addNote: "Add note",
		kept: "to be sent",
		queued: "{{count}} to be sent, kept on this phone",
		sendNow: "Send now",
		offline: "No network. Go on: it is sent by itself later. The list is of {{time}}.",
		clockAhead: "This phone's clock is {{time}} ahead. Times are reckoned by the server's; the difference is recorded.",
		clockBehind:
			"This phone's clock is {{time}} behind. Times are reckoned by the server's; the difference is recorded.",
		refused: "The server did not take it: {{why}}",
		discard: "Delete it",
		notKept: "The phone cannot keep it; check its storage.",
		photoTooLarge: "The photo has more than 15 MB: choose a lower resolution.",
		photoWrong: "This is no JPEG or PNG photo.",
		leaveTitle: "{{count}} not sent yet",
		leaveHint: "Signing out deletes these actions and photos from the phone. Find a network first.",
		stay: "Stay signed in",
		leaveAnyway: "Delete and sign out",
	},
};
