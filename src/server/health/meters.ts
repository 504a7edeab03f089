import type { EdgeFigures } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import { besideStore } from "../store/beside-store.ts";
import { Counter, Histogram } from "./counted.ts";
import type { Metric } from "./prometheus-text.ts";

/** What one server counts since its start, in memory alone. */
export class Meters {
	readonly requests = new Counter("keepclear_http_requests_total", "HTTP requests that were answered");
	readonly requestSeconds = new Histogram(
		"keepclear_http_request_seconds",
		"Time to answer, without feeds and live video, which last as long as somebody watches",
		[0.005, 0.025, 0.1, 0.5, 2.5, 10],
	);
	readonly messages = new Counter("keepclear_messages_total", "Messages of edges, by what became of them");
	readonly alertSeconds = new Histogram(
		"keepclear_alert_applied_seconds",
		"From the edge's decision (its clock) to the row in the database (our clock), of alerts raised and cleared",
		[0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 600, 3600],
	);
	/** Last told, by edge. */
	readonly #figures = new Map<string, { readonly edge: EdgeAddress; readonly figures: EdgeFigures }>();

	noteFigures(edge: EdgeAddress, figures: EdgeFigures): void {
		this.#figures.set(edge.edgeId, { edge, figures });
	}

	counted(): readonly Metric[] {
		return [this.requests, this.requestSeconds, this.messages, this.alertSeconds].map((each) => each.read());
	}

	figuresOf(edgeId: string): EdgeFigures | undefined {
		return this.#figures.get(edgeId)?.figures;
	}
}

/** Of the server whose database this is: whoever counts has it at hand. */
export const metersOf = besideStore(() => new Meters());
