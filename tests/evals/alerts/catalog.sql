-- The sample catalogue with runs that have failed lately: what alerts.jsonl asks of. Asked on 2026-11-21.
-- The sample catalogue: users own projects, projects hold datasets, datasets feed pipelines (one training run each),
-- pipelines leave artifacts and register models, models have metrics.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    team TEXT,
    role TEXT
);

CREATE TABLE projects (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    type TEXT,
    status TEXT,
    created_at TEXT
);

CREATE TABLE datasets (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    format TEXT,
    num_samples INTEGER,
    size_gb REAL,
    created_at TEXT
);

CREATE TABLE pipelines (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES datasets (id),
    name TEXT NOT NULL,
    status TEXT,
    gpu_type TEXT,
    framework TEXT,
    started_at TEXT,
    finished_at TEXT
);

CREATE TABLE artifacts (
    id INTEGER PRIMARY KEY,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    type TEXT,
    path TEXT,
    size_mb REAL
);

CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    name TEXT NOT NULL,
    version TEXT,
    architecture TEXT,
    stage TEXT,
    parameters_m REAL,
    registered_at TEXT
);

CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES models (id),
    map50 REAL,
    f1_score REAL,
    precision_val REAL,
    recall REAL,
    inference_ms REAL,
    confidence_threshold REAL,
    deploy_note TEXT
);
-- The sample catalogue's rows. The questions that tests ask of them are set on 2026-11-21.

INSERT INTO users (id, name, email, team, role) VALUES
    (1, '김민준', 'minjun.kim@example.com', '비전팀', 'ML Engineer'),
    (2, '이서연', 'seoyeon.lee@example.com', 'NLP팀', 'Data Scientist'),
    (3, '박도현', 'dohyun.park@example.com', '비전팀', 'ML Engineer'),
    (4, '최유진', 'yujin.choi@example.com', 'NLP팀', 'ML Engineer'),
    (5, '정하은', 'haeun.jung@example.com', '예측팀', 'Data Scientist'),
    (6, '강지호', 'jiho.kang@example.com', '예측팀', 'ML Engineer'),
    (7, '윤채원', 'chaewon.yoon@example.com', '플랫폼팀', 'MLOps Engineer'),
    (8, '한승우', 'seungwoo.han@example.com', '플랫폼팀', 'Team Lead');

INSERT INTO projects (id, user_id, name, type, status, created_at) VALUES
    (1, 1, 'defect-detection-v2', 'object_detection', 'active', '2024-03-04'),
    (2, 1, 'solder-joint-inspection', 'classification', 'active', '2024-11-18'),
    (3, 2, 'callcenter-intent', 'nlp', 'active', '2023-12-01'),
    (4, 2, 'voice-summary', 'speech', 'paused', '2025-05-07'),
    (5, 3, 'surface-inspection', 'object_detection', 'completed', '2023-10-16'),
    (6, 4, 'invoice-ocr', 'ocr', 'active', '2024-01-22'),
    (7, 5, 'log-anomaly', 'time_series', 'paused', '2024-08-05'),
    (8, 6, 'demand-forecast', 'time_series', 'active', '2025-06-30'),
    (9, 3, 'warehouse-pallet', 'object_detection', 'active', '2026-09-01'),
    (10, 7, 'legacy-churn', 'classification', 'archived', '2022-07-11');

INSERT INTO datasets (id, project_id, name, format, num_samples, size_gb, created_at) VALUES
    (1, 1, 'wafer-image-2024q1', 'YOLO', 12840, 38.5, '2024-03-20'),
    (2, 1, 'wafer-image-2024q2-aug', 'YOLO', 25680, 77.2, '2024-05-27'),
    (3, 2, 'solder-xray-set', 'PNG', 8200, 14.6, '2024-12-02'),
    (4, 3, 'intent-utterances-v5', 'JSONL', 182400, 0.9, '2024-02-13'),
    (5, 5, 'steel-surface-10k', 'COCO', 10000, 22.4, '2023-11-06'),
    (6, 8, 'store-sales-daily', 'Parquet', 1460000, 3.7, '2025-07-08'),
    (7, 6, 'invoice-scan-ko', 'PNG', 54000, 61.0, '2024-02-19'),
    (8, 7, 'syslog-2024h1', 'CSV', 9800000, 5.2, '2024-08-19'),
    (9, 3, 'intent-utterances-v6', 'JSONL', 240500, 1.2, '2026-09-15'),
    (10, 9, 'pallet-cam-raw', 'COCO', 31500, 120.8, '2026-09-22'),
    (11, 4, 'meeting-audio-ko', 'WAV', 4300, 210.5, '2025-05-19'),
    (12, 10, 'churn-2022', 'CSV', 70000, 0.3, '2022-07-25');

INSERT INTO pipelines (id, dataset_id, name, status, gpu_type, framework, started_at, finished_at) VALUES
    (1, 1, 'yolov8-wafer-exp01', 'completed', 'A100', 'PyTorch', '2024-06-03 09:00:00', '2024-06-03 21:30:00'),
    (2, 2, 'yolov8-wafer-exp02', 'completed', 'A100', 'PyTorch', '2024-06-08 10:00:00', '2024-06-09 02:15:00'),
    (3, 3, 'convnext-solder-exp01', 'completed', 'V100', 'PyTorch', '2025-02-03 13:00:00', '2025-02-03 19:40:00'),
    (4, 4, 'kobert-intent-exp07', 'completed', 'A100', 'PyTorch', '2024-07-15 08:30:00', '2024-07-15 14:50:00'),
    (5, 5, 'yolov5-surface-exp12', 'completed', 'V100', 'PyTorch', '2024-03-28 18:00:00', '2024-03-29 06:20:00'),
    (6, 6, 'patchtst-demand-exp02', 'completed', 'T4', 'TensorFlow', '2025-08-21 11:00:00', '2025-08-21 13:05:00'),
    (7, 7, 'paddleocr-invoice-exp04', 'completed', 'V100', 'PaddlePaddle', '2024-05-20 09:10:00', '2024-05-22 03:40:00'),
    (8, 2, 'yolov8-wafer-exp03', 'running', 'H100', 'PyTorch', '2024-06-15 08:00:00', NULL),
    (9, 8, 'lstm-log-exp01', 'failed', 'T4', 'TensorFlow', '2024-09-10 10:00:00', '2024-09-10 10:15:00'),
    (10, 9, 'koelectra-intent-exp01', 'completed', 'H100', 'PyTorch', '2026-10-20 09:00:00', '2026-10-20 17:45:00'),
    (11, 10, 'rtdetr-pallet-exp01', 'completed', 'H100', 'PyTorch', '2026-11-02 20:00:00', '2026-11-04 05:30:00'),
    (12, 10, 'rtdetr-pallet-exp02', 'pending', 'H100', 'PyTorch', NULL, NULL),
    (13, 12, 'xgb-churn-exp02', 'completed', NULL, 'XGBoost', '2022-08-09 15:00:00', '2022-08-09 15:25:00'),
    (14, 6, 'nbeats-demand-exp01', 'cancelled', 'T4', 'TensorFlow', '2025-09-29 10:00:00', '2025-09-29 10:40:00');

INSERT INTO artifacts (id, pipeline_id, type, path, size_mb) VALUES
    (1, 1, 'checkpoint', '/mnt/artifacts/yolov8-wafer-exp01/weights/best.pt', 52.1),
    (2, 1, 'log', '/mnt/artifacts/yolov8-wafer-exp01/train.log', 1.8),
    (3, 1, 'config', '/mnt/artifacts/yolov8-wafer-exp01/args.yaml', 0.1),
    (4, 2, 'checkpoint', '/mnt/artifacts/yolov8-wafer-exp02/weights/best.pt', 52.3),
    (5, 2, 'checkpoint', '/mnt/artifacts/yolov8-wafer-exp02/weights/last.pt', 104.2),
    (6, 2, 'log', '/mnt/artifacts/yolov8-wafer-exp02/train.log', 2.4),
    (7, 3, 'checkpoint', '/mnt/artifacts/convnext-solder-exp01/model_best.pth', 114.7),
    (8, 3, 'config', '/mnt/artifacts/convnext-solder-exp01/hparams.yaml', 0.1),
    (9, 4, 'checkpoint', '/mnt/artifacts/kobert-intent-exp07/pytorch_model.bin', 442.0),
    (10, 4, 'log', '/mnt/artifacts/kobert-intent-exp07/trainer.log', 3.1),
    (11, 4, 'config', '/mnt/artifacts/kobert-intent-exp07/config.json', 0.1),
    (12, 5, 'checkpoint', '/mnt/artifacts/yolov5-surface-exp12/weights/best.pt', 93.4),
    (13, 5, 'log', '/mnt/artifacts/yolov5-surface-exp12/train.log', 2.0),
    (14, 6, 'checkpoint', '/mnt/artifacts/patchtst-demand-exp02/saved_model.tar.gz', 25.6),
    (15, 6, 'config', '/mnt/artifacts/patchtst-demand-exp02/config.json', 0.1),
    (16, 7, 'checkpoint', '/mnt/artifacts/paddleocr-invoice-exp04/best_accuracy.pdparams', 61.3),
    (17, 7, 'log', '/mnt/artifacts/paddleocr-invoice-exp04/train.log', 4.4),
    (18, 8, 'checkpoint', '/mnt/artifacts/yolov8-wafer-exp03/weights/epoch_40.pt', 104.5),
    (19, 8, 'log', '/mnt/artifacts/yolov8-wafer-exp03/train.log', 1.1),
    (20, 9, 'log', '/mnt/artifacts/lstm-log-exp01/error.log', 0.4),
    (21, 9, 'config', '/mnt/artifacts/lstm-log-exp01/config.json', 0.1),
    (22, 10, 'checkpoint', '/mnt/artifacts/koelectra-intent-exp01/pytorch_model.bin', 449.6),
    (23, 10, 'log', '/mnt/artifacts/koelectra-intent-exp01/trainer.log', 2.7),
    (24, 11, 'checkpoint', '/mnt/artifacts/rtdetr-pallet-exp01/model_final.pth', 129.4),
    (25, 11, 'config', '/mnt/artifacts/rtdetr-pallet-exp01/rtdetr_l.yaml', 0.1),
    (26, 13, 'checkpoint', '/mnt/artifacts/xgb-churn-exp02/booster.ubj', 4.2);

INSERT INTO models (id, pipeline_id, name, version, architecture, stage, parameters_m, registered_at) VALUES
    (1, 1, 'wafer-defect-yolov8m', 'v2.0', 'YOLOv8m', 'archived', 25.9, '2024-06-07'),
    (2, 2, 'wafer-defect-yolov8m', 'v2.1', 'YOLOv8m', 'production', 25.9, '2024-06-18'),
    (3, 3, 'solder-convnext-t', 'v1.1', 'ConvNeXt-T', 'staging', 28.6, '2025-02-14'),
    (4, 4, 'intent-kobert', 'v3.0', 'KoBERT', 'production', 110.0, '2024-07-22'),
    (5, 5, 'surface-yolov5l', 'v3.2', 'YOLOv5l', 'production', 46.5, '2024-04-11'),
    (6, 6, 'demand-patchtst', 'v0.9', 'PatchTST', 'development', 6.3, '2025-09-03'),
    (7, 7, 'document-paddle-ocr', 'v2.0', 'PP-OCRv4', 'production', 14.8, '2024-05-30'),
    (8, 10, 'intent-koelectra', 'v3.1', 'KoELECTRA', 'staging', 112.0, '2026-10-28'),
    (9, 11, 'pallet-rtdetr-l', 'v1.0', 'RT-DETR-L', 'development', 32.0, '2026-11-12');

INSERT INTO metrics (id, model_id, map50, f1_score, precision_val, recall, inference_ms, confidence_threshold, deploy_note) VALUES
    (1, 1, 0.901, 0.863, 0.952, 0.789, 12.3, 0.5, 'high-precision 세팅. 오탐 민감 현장(A라인)용. 재검 인력이 적을 때 사용.'),
    (2, 2, 0.923, 0.891, 0.842, 0.948, 12.5, 0.25, 'high-recall 세팅. 미탐 민감 현장(B라인)용. 후단 재검 공정이 있어야 함.'),
    (3, 3, NULL, 0.874, 0.889, 0.86, 8.4, 0.5, '스테이징 검증 중. X-ray 장비 교체 후 재평가 필요.'),
    (4, 4, NULL, 0.887, 0.902, 0.873, 15.2, 0.5, '상담 의도 분류용. 신규 의도 추가 시 재학습 필요.'),
    (5, 5, 0.956, 0.934, 0.908, 0.961, 11.8, 0.3, '표면 결함 전 라인 공통 배포. 조도 변화에 강함.'),
    (6, 6, NULL, NULL, NULL, NULL, 3.9, NULL, '수요 예측 모델. 분류 지표 없음(MAPE는 별도 리포트).'),
    (7, 7, NULL, 0.921, 0.935, 0.908, 45.0, 0.5, '한글 송장 OCR. 배치 처리 권장, 실시간 용도는 부적합.'),
    (8, 8, NULL, 0.903, 0.911, 0.895, 17.6, 0.5, 'intent-kobert 대체 후보. 2주 섀도 배포 후 승격 예정.');

-- What has failed lately, and what ran before it.
INSERT INTO pipelines (id, dataset_id, name, status, gpu_type, framework, started_at, finished_at) VALUES
    (15, 2, 'yolov8-wafer-exp04', 'failed', 'A100', 'PyTorch', '2026-11-21 02:00:00', '2026-11-21 05:40:00'),
    (16, 9, 'kobert-intent-exp08', 'failed', 'H100', 'PyTorch', '2026-11-20 22:00:00', '2026-11-20 22:45:00'),
    (17, 6, 'patchtst-demand-exp03', 'failed', 'T4', 'TensorFlow', '2026-11-19 10:00:00', '2026-11-19 13:05:00'),
    (18, 7, 'paddleocr-invoice-nightly', 'completed', 'V100', 'PaddlePaddle', '2026-11-17 01:00:00', '2026-11-17 04:10:00'),
    (19, 7, 'paddleocr-invoice-nightly', 'failed', 'V100', 'PaddlePaddle', '2026-11-18 01:00:00', '2026-11-18 02:20:00'),
    (20, 7, 'paddleocr-invoice-nightly', 'failed', 'V100', 'PaddlePaddle', '2026-11-19 01:00:00', '2026-11-19 01:50:00'),
    (21, 7, 'paddleocr-invoice-nightly', 'failed', 'V100', 'PaddlePaddle', '2026-11-20 01:00:00', '2026-11-20 03:30:00');

INSERT INTO artifacts (id, pipeline_id, type, path, size_mb) VALUES
    (27, 15, 'log', '/mnt/artifacts/yolov8-wafer-exp04/error.log', 0.3),
    (28, 15, 'checkpoint', '/mnt/artifacts/yolov8-wafer-exp04/weights/epoch_12.pt', 104.6),
    (29, 16, 'log', '/mnt/artifacts/kobert-intent-exp08/error.log', 0.2),
    (30, 18, 'checkpoint', '/mnt/artifacts/paddleocr-invoice-nightly/18/best_accuracy.pdparams', 61.5),
    (31, 18, 'log', '/mnt/artifacts/paddleocr-invoice-nightly/18/train.log', 4.1),
    (32, 19, 'log', '/mnt/artifacts/paddleocr-invoice-nightly/19/error.log', 0.6),
    (33, 20, 'log', '/mnt/artifacts/paddleocr-invoice-nightly/20/error.log', 0.5),
    (34, 21, 'log', '/mnt/artifacts/paddleocr-invoice-nightly/21/error.log', 0.7);

INSERT INTO models (id, pipeline_id, name, version, architecture, stage, parameters_m, registered_at) VALUES
    (10, 18, 'document-paddle-ocr', 'v2.1', 'PP-OCRv4', 'staging', 14.8, '2026-11-17');

INSERT INTO metrics (id, model_id, map50, f1_score, precision_val, recall, inference_ms, confidence_threshold, deploy_note) VALUES
    (10, 10, NULL, 0.927, 0.939, 0.915, 44.1, 0.5, '야간 재학습. 검증 중.');
