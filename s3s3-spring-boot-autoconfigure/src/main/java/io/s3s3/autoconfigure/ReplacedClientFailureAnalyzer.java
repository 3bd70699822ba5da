package io.s3s3.autoconfigure;

import io.s3s3.FailoverS3Client;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what to mock when a test replaced the failover client with some other client.
 */
final class ReplacedClientFailureAnalyzer extends AbstractFailureAnalyzer<BeanNotOfRequiredTypeException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanNotOfRequiredTypeException cause) {
		if (cause.getRequiredType() != FailoverS3Client.class) {
			return null;
		}
		return new FailureAnalysis(
				"The bean '%s' must be a FailoverS3Client, but is a %s.".formatted(cause.getBeanName(),
						cause.getActualType().getName()),
				"If a test mocks S3Client, let it mock FailoverS3Client, which is injected as S3Client too.", cause);
	}

}
