#include "analysis/rules/framework/jobs.h"

namespace stepglass::analysis {
namespace {

// Source: developer guide, "Integrating services", and the API references of the services.
constexpr Job kJobs[] = {
    {"athena", "startQueryExecution", "athena", "getQueryExecution"},
    {"batch", "submitJob", "batch", "describeJobs"},
    {"codebuild", "startBuild", "codebuild", "batchGetBuilds"},
    {"codebuild", "startBuildBatch", "codebuild", "batchGetBuildBatches"},
    {"ecs", "runTask", "ecs", "describeTasks"},
    {"elasticmapreduce", "addStep", "emr", "describeStep"},
    {"elasticmapreduce", "createCluster", "emr", "describeCluster"},
    {"emr-containers", "startJobRun", "emrcontainers", "describeJobRun"},
    {"emr-serverless", "startJobRun", "emrserverless", "getJobRun"},
    {"glue", "startJobRun", "glue", "getJobRun"},
    {"sagemaker", "createHyperParameterTuningJob", "sagemaker", "describeHyperParameterTuningJob",
     "HyperParameterTuningJobName"},
    {"sagemaker", "createLabelingJob", "sagemaker", "describeLabelingJob", "LabelingJobName"},
    {"sagemaker", "createProcessingJob", "sagemaker", "describeProcessingJob", "ProcessingJobName"},
    {"sagemaker", "createTrainingJob", "sagemaker", "describeTrainingJob", "TrainingJobName"},
    {"sagemaker", "createTransformJob", "sagemaker", "describeTransformJob", "TransformJobName"},
    {"states", "startExecution", "sfn", "describeExecution", "Name"},
};

std::string_view without_sdk(std::string_view service) {
  constexpr std::string_view kSdk = "aws-sdk:";
  return service.starts_with(kSdk) ? service.substr(kSdk.size()) : service;
}

/// The job of which `resource` calls the action.
const Job* job_of(const Resource& resource, std::string_view Job::*action) {
  for (const Job& job : kJobs) {
    if (resource.action != job.*action) continue;
    if (resource.service == job.service || without_sdk(resource.service) == job.sdk_service) return &job;
  }
  return nullptr;
}

}  // namespace

const Job* started_by(const Resource& resource) {
  return job_of(resource, &Job::start);
}

const Job* described_by(const Resource& resource) {
  return job_of(resource, &Job::describe);
}

}  // namespace stepglass::analysis
