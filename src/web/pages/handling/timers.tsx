import { useTranslation } from "react-i18next";
import type { HandlingSummary } from "#contract/handling-api.ts";
import type { HandlingState } from "#core/handling/handling-words.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTicking } from "../../time/clock.ts";
import { formatDwell } from "../../time/format-duration.ts";

type Timer = HandlingSummary["timers"][number];

/** All three targets: what is left, what is over, what was kept. */
export function Timers({ handling }: { readonly handling: HandlingSummary }) {
	return (
		<ul className="timers" data-testid="timers">
			{handling.timers.map((timer) => (
				<li key={timer.name}>
					<OneTimer timer={timer} startedAt={handling.startedAt} />
				</li>
			))}
		</ul>
	);
}

/** The one that runs now, for a tile; nothing where none does. */
export function NextTimer({ handling }: { readonly handling: HandlingSummary }) {
	const next = isRunning(handling.state) ? handling.timers.find(({ keptAt }) => keptAt === null) : undefined;
	return next ? <OneTimer timer={next} startedAt={handling.startedAt} /> : null;
}

const running: readonly HandlingState[] = [
	"raised",
	"reopened",
	"acknowledged",
	"dispatched",
	"on_site",
	"transferred",
];
const isRunning = (state: HandlingState) => running.includes(state);

function OneTimer({ timer, startedAt }: { readonly timer: Timer; readonly startedAt: number }) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { name, dueAt, keptAt } = timer;
	const words = useTicking((now) => {
		if (keptAt !== null) {
			return keptAt <= dueAt
				? t("handling.timerKept", { time: formatDwell(keptAt - startedAt, language) })
				: t("handling.timerLate", { time: formatDwell(keptAt - dueAt, language) });
		}
		return now <= dueAt
			? t("handling.timerLeft", { time: formatDwell(dueAt - now, language) })
			: t("handling.timerOver", { time: formatDwell(now - dueAt, language) });
	});
	const tone = useTicking((now) =>
		keptAt !== null ? (keptAt <= dueAt ? "kept" : "late") : now <= dueAt ? "runs" : "over",
	);
	return (
		<span className={`timer timer-${tone}`} data-testid={`timer-${name}`} data-tone={tone}>
			<span>{t(`handling.timer_${name}`)}</span> <strong className="digits">{words}</strong>
		</span>
	);
}
