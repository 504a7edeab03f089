import { useTranslation } from "react-i18next";
import { discard } from "../../guard/guard-queue.ts";
import type { QueuedAction } from "../../guard/guard-store.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

interface QueuedListProps {
	readonly actions: readonly QueuedAction[];
	readonly onSend: () => void;
}

/** What lies on the phone and not on the server yet, and what the server would not take. */
export function QueuedList({ actions, onSend }: QueuedListProps) {
	const { t } = useTranslation();
	if (actions.length === 0) return null;
	const what = ({ kind, moment }: QueuedAction) =>
		kind === "photo" && moment !== null ? t(`guard.photo_${moment}`) : t(`handling.kind_${kind}`);
	return (
		<section
			className="guard-queue"
			aria-labelledby="queue-title"
			data-testid="guard-queue"
			data-count={actions.length}
		>
			<h2 id="queue-title">{t("guard.queued", { count: actions.length })}</h2>
			<ul>
				{actions.map((action) => (
					<li key={action.id} data-testid="queued">
						<span>
							<strong>{what(action)}</strong> {action.laneName}
							{action.note !== null && ` · ${action.note}`}{" "}
							<span className="soft digits">{formatShort(action.doneAt, currentLanguage())}</span>
						</span>
						{action.refused !== null && (
							<span className="inline-error">
								{t("guard.refused", { why: action.refused })}
								<button type="button" className="button small" onClick={() => void discard(action)}>
									{t("guard.discard")}
								</button>
							</span>
						)}
					</li>
				))}
			</ul>
			<button type="button" className="button small" onClick={onSend}>
				{t("guard.sendNow")}
			</button>
		</section>
	);
}
