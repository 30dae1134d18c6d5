-- Beside the sample: what has failed lately, and what ran before it. Asked on 2026-11-21.

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
