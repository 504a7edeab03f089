import type { Dictionary } from "./dictionary.ts";

export const enRetention: Pick<Dictionary, "retention"> = {
	retention: {
		title: "How long the evidence is kept",
		class_unconfirmed: "Alert that nobody confirmed",
		class_confirmed: "Confirmed alert",
		class_transferred: "Transferred clue",
		until: "Photos, clips and plates are kept until {{time}}, then deleted; the deletion is recorded.",
		whileOpen: "Kept for as long as the alert is open.",
		deleted:
			"Photos, clips and plates were deleted at {{time}}, when their time was over. Times, place and handling remain.",
		hold: "Keep for longer",
		holdAsk: "Keep this alert's evidence for longer",
		holdHint:
			"Until this is ended nothing of it is deleted: after an objection, say, or for an appeal or a lawsuit. Your name and reason are recorded.",
		holdExample: "For example: the driver objected on 20 November; the police ask to keep it.",
		held: "{{by}} had it kept for longer: it is not deleted when its time is over",
		heldReason: "Reason: {{reason}}",
		end: "Stop keeping it",
		endHint:
			"It is then kept for the usual time. Evidence whose time is over already is deleted within the hour and cannot be brought back. Your name and reason are recorded.",
		alreadySaid: "{{by}} had it kept already.",
		gone: "The evidence was deleted and cannot be kept.",
	},
};
