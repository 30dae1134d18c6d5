# Many alerts told as one.

storm-title-failed = 파이프라인 { $count }건 실패
storm-title-stuck = 너무 오래 실행 중인 파이프라인 { $count }건
storm-title-mixed = 알림 { $count }건
storm-title-well = 모두 복구됨: { $count }건
storm-title-well-after = 모두 복구됨, { $span } 만에: { $count }건
storm-open = 열림 { $count }
storm-acknowledged = 확인함 { $count }
storm-snoozed = 미룸 { $count }
storm-resolved = 복구 { $count }
storm-none = 아직 없음
storm-grows = { $span } · 새로 생기면 여기에 더합니다.
storm-closed = { $span }
storm-unknown = 아직 모름
storm-by-project = 프로젝트별
storm-by-error = 오류별
storm-count = { $count }건
storm-others = 그 밖에 { $count }건
storm-newest = 최근 것부터
storm-list-below = 전체 목록은 스레드에 있습니다
storm-page = { $first }–{ $last }번째 (전체 { $total }건)
