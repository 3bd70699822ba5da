package io.s3s3.internal.http;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Carries the scope of an attempt to an asynchronous HTTP client, which carries out a
 * request on any thread.
 */
public final class AttemptScopeAttribute extends SdkHttpExecutionAttribute<AttemptScope> {

	private static final AttemptScopeAttribute INSTANCE = new AttemptScopeAttribute();

	private AttemptScopeAttribute() {
		super(AttemptScope.class);
	}

	/**
	 * Return a request that carries a scope.
	 * @param request the request
	 * @param scope the scope
	 * @return the same request, with the scope
	 */
	public static S3Request with(S3Request request, AttemptScope scope) {
		AwsRequestOverrideConfiguration configuration = request.overrideConfiguration()
			.map(AwsRequestOverrideConfiguration::toBuilder)
			.orElseGet(AwsRequestOverrideConfiguration::builder)
			.putExecutionAttribute(SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES,
					SdkHttpExecutionAttributes.builder().put(INSTANCE, scope).build())
			.build();
		return (S3Request) request.toBuilder().overrideConfiguration(configuration).build();
	}

	/**
	 * Return the scope that a request carries.
	 * @param attributes the attributes of the request, {@code null} for none
	 */
	static AttemptScope in(SdkHttpExecutionAttributes attributes) {
		AttemptScope scope = (attributes != null) ? attributes.getAttribute(INSTANCE) : null;
		return (scope != null) ? scope : AttemptScope.current();
	}

}
