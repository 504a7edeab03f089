import { useTranslation } from "react-i18next";
import type { PoliceClockAnswer, TransferAnswer } from "#contract/transfers-api.ts";
import { Icon } from "../../components/icon.tsx";

/** What the receiver has time for, and until when; what is late stands out by its sign and its word. */
export function ClockList({ transfer }: { readonly transfer: TransferAnswer }) {
	const { t } = useTranslation();
	const { clocks, holidaysOf } = transfer;
	return (
		<div>
			<h4>{t("transfer.clocks")}</h4>
			{clocks.length === 0 ? (
				<p className="soft">{t("transfer.noClocks")}</p>
			) : (
				<>
					<ul className="clocks" data-testid="police-clocks">
						{clocks.map((clock) => (
							<li key={clock.name} className={`clock-${clock.state}`} data-clock={clock.name} data-state={clock.state}>
								<Icon
									name={clock.state === "late" ? "warning" : clock.state === "kept" ? "check" : "clock"}
									size={16}
								/>
								<span>
									{t(`transfer.clock_${clock.name}`)} · <ClockWords clock={clock} />
									<span className="soft">{clock.law}</span>
								</span>
							</li>
						))}
					</ul>
					<p className="field-hint" data-testid="clocks-hint">
						{holidaysOf.length === 0
							? t("transfer.clocksHint")
							: t("transfer.clocksHintYears", { years: holidaysOf.join(t("transfer.yearsComma")) })}
					</p>
				</>
			)}
		</div>
	);
}

export function ClockWords({ clock }: { readonly clock: PoliceClockAnswer }) {
	const { t } = useTranslation();
	const { state, dueOn, keptOn } = clock;
	const day = state === "kept" ? (keptOn ?? dueOn) : dueOn;
	const word = state === "late" && keptOn !== null ? "lateKept" : state;
	return <strong className="digits">{t(`transfer.clockState_${word}`, { day })}</strong>;
}

/** The one to look at: what ran out and is not done, else the next to run out. */
export const nextClockOf = ({ clocks }: TransferAnswer): PoliceClockAnswer | null =>
	clocks.filter(({ keptOn }) => keptOn === null).sort((a, b) => a.dueAt - b.dueAt)[0] ?? null;
