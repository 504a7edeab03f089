import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { Icon } from "../../components/icon.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import type { LaneFilter } from "../../live/wall-picture.ts";

const states = ["occupied", "clearing", "pending", "unknown", "clear"] as const;

interface WallFilterProps {
	readonly lanes: readonly LaneAnswer[];
	readonly filter: LaneFilter;
	readonly onFilter: (filter: LaneFilter) => void;
	readonly searchInput: Ref<HTMLInputElement>;
}

/** Choose by state, with how many there are of each, and by words. */
export function WallFilter({ lanes, filter, onFilter, searchInput }: WallFilterProps) {
	const { t } = useTranslation();
	const counts = new Map<string, number>();
	for (const { state } of lanes) counts.set(state, (counts.get(state) ?? 0) + 1);
	return (
		<div className="wall-filter">
			<div className="wall-states" role="group" aria-label={t("wall.filter")}>
				<button
					type="button"
					className="chip"
					aria-pressed={filter.state === "all"}
					onClick={() => onFilter({ ...filter, state: "all" })}
				>
					{t("wall.all")} <span className="digits">{lanes.length}</span>
				</button>
				{states.map((state) => (
					<button
						key={state}
						type="button"
						className={`chip chip-${state}`}
						aria-pressed={filter.state === state}
						data-testid={`filter-${state}`}
						onClick={() => onFilter({ ...filter, state: filter.state === state ? "all" : state })}
					>
						<StateSign state={state} size={15} />
						{t(`state.${state}`)} <span className="digits">{counts.get(state) ?? 0}</span>
					</button>
				))}
			</div>
			<label className="wall-search">
				<span className="visually-hidden">{t("wall.search")}</span>
				<Icon name="search" />
				<input
					ref={searchInput}
					type="search"
					placeholder={t("wall.search")}
					value={filter.text}
					data-testid="wall-search"
					onChange={(event) => onFilter({ ...filter, text: event.target.value })}
				/>
			</label>
		</div>
	);
}
