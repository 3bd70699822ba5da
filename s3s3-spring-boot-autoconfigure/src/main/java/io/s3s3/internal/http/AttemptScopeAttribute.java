package io.s3s3.internal.http;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Carries the scope of an attempt to an asynchronous HTTP client, which may carry out a
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
			.putExecutionAttribute(SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES, carrying(scope))
			.build();
		return (S3Request) request.toBuilder().overrideConfiguration(configuration).build();
	}

	/**
	 * Add the scope of this thread to an execution, unless its request carries one.
	 * @param attributes the attributes of the execution
	 */
	static void addTo(ExecutionAttributes attributes) {
		SdkHttpExecutionAttributes carried = attributes
			.getAttribute(SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES);
		if (carried == null || carried.getAttribute(INSTANCE) == null) {
			attributes.putAttribute(SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES,
					carrying(AttemptScope.current()));
		}
	}

	private static SdkHttpExecutionAttributes carrying(AttemptScope scope) {
		return SdkHttpExecutionAttributes.builder().put(INSTANCE, scope).build();
	}

	/**
	 * Return the scope that a request carries.
	 * @param attributes the attributes of the request, or {@code null}
	 */
	static AttemptScope in(SdkHttpExecutionAttributes attributes) {
		AttemptScope scope = (attributes != null) ? attributes.getAttribute(INSTANCE) : null;
		return (scope != null) ? scope : AttemptScope.current();
	}

}
