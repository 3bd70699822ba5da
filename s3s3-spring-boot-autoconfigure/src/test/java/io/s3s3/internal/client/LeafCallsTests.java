package io.s3s3.internal.client;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import io.s3s3.internal.blocking.LeafMethod;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeafCalls} and the leaf methods that it finds.
 */
class LeafCallsTests {

	@Test
	void findsTheMethodsThatTakeARequestAndAtMostABodyOrATransformer() {
		List<String> leaves = Arrays.stream(S3Client.class.getMethods())
			.filter(LeafCallsTests::isLeaf)
			.map((method) -> method.getName()
					+ MethodType.methodType(method.getReturnType(), method.getParameterTypes())
						.toMethodDescriptorString())
			.toList();

		assertThat(LeafCalls.METHODS).extracting((method) -> method.name() + method.descriptor())
			.containsExactlyInAnyOrderElementsOf(leaves);
	}

	@Test
	void namesTheOperationOfAMethod() {
		assertThat(LeafCalls.METHODS).extracting(LeafMethod::operation)
			.contains("PutObject", "GetObject", "ListObjectsV2");
	}

	private static boolean isLeaf(Method method) {
		Class<?>[] parameters = method.getParameterTypes();
		if (parameters.length == 0 || parameters.length > 2 || !S3Request.class.isAssignableFrom(parameters[0])) {
			return false;
		}
		return (parameters.length == 1) ? S3Response.class.isAssignableFrom(method.getReturnType())
				: parameters[1] == RequestBody.class || parameters[1] == ResponseTransformer.class;
	}

}
