import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { HoursOfDayBody } from "#contract/zones.ts";
import { Icon } from "../../components/icon.tsx";
import { TimeField } from "./time-field.tsx";
import { useHoursText } from "./rules-text.ts";

interface HoursFieldsProps {
	readonly hours: HoursOfDayBody;
	readonly onChange: (hours: HoursOfDayBody) => void;
	readonly onRemove: () => void;
	readonly disabled?: boolean;
}

const week = [1, 2, 3, 4, 5, 6, 7] as const;

/** Days, beginning and end of one stretch of hours. */
export function HoursFields({ hours, onChange, onRemove, disabled = false }: HoursFieldsProps) {
	const { t } = useTranslation();
	const id = useId();
	const text = useHoursText();
	const { days, from, to } = hours;
	const chosen = days ?? week;
	const toggle = (day: number) => {
		const next = week.filter((each) => (each === day ? !chosen.includes(day) : chosen.includes(each)));
		onChange(next.length === 7 ? { from, to } : { days: next, from, to });
	};
	const overnight = to !== "24:00" && to <= from;
	return (
		<div className="hours-fields">
			<div className="hours-days" role="group" aria-label={t("policy.days")}>
				{week.map((day) => (
					<button
						key={day}
						type="button"
						className="button small day"
						aria-pressed={chosen.includes(day)}
						aria-label={t("policy.dayName", { day: t(`policy.day${day}`) })}
						disabled={disabled}
						onClick={() => toggle(day)}
					>
						{t(`policy.day${day}`)}
					</button>
				))}
			</div>
			<div className="hours-times">
				<label htmlFor={`${id}-from`}>{t("policy.from")}</label>
				<TimeField
					id={`${id}-from`}
					disabled={disabled}
					value={from}
					testId="hours-from"
					onTime={(time) => onChange({ ...hours, from: time })}
				/>
				<label htmlFor={`${id}-to`}>{t("policy.to")}</label>
				<TimeField
					id={`${id}-to`}
					disabled={disabled}
					value={to === "24:00" ? "00:00" : to}
					testId="hours-to"
					onTime={(time) => onChange({ ...hours, to: time === "00:00" ? "24:00" : time })}
				/>
				<span className="soft hours-next">{overnight ? t("policy.nextDay") : ""}</span>
				<button
					type="button"
					className="button quiet square"
					disabled={disabled}
					aria-label={t("policy.removeHours", { hours: text(hours) })}
					title={t("common.remove")}
					data-testid="hours-remove"
					onClick={onRemove}
				>
					<Icon name="trash" />
				</button>
			</div>
		</div>
	);
}
