/** Answers of AWS Lambda functions. */
package dev.sluice.plugins.awslambda;
