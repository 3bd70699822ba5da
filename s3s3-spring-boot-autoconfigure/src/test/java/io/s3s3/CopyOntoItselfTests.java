package io.s3s3;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.s3s3.event.ReadUnproven;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for copies of an object onto itself, which change its metadata and not its ETag:
 * where they have not arrived, an object of somebody else looks like the copy.
 */
class CopyOntoItselfTests {

	private static final String KEY = "a key%";

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	@AutoClose
	private final FailoverS3Client made = FailoverS3Client.builder()
		.primary(this.primary, "east")
		.secondary(this.secondary, "west")
		.build();

	private final List<ReadUnproven> unproven = new ArrayList<>();

	private final FailoverS3Client client = this.made.on(ReadUnproven.class, this.unproven::add);

	@BeforeEach
	void answer() {
		given(this.primary.copyObject(any(CopyObjectRequest.class)))
			.willReturn(CopyObjectResponse.builder().copyObjectResult((result) -> result.eTag("\"e\"")).build());
		given(this.primary.headObject(any(HeadObjectRequest.class)))
			.willThrow(SdkClientException.create("refused", new ConnectException("Connection refused")));
		given(this.secondary.headObject(any(HeadObjectRequest.class)))
			.willReturn(HeadObjectResponse.builder().eTag("\"e\"").build());
	}

	@SuppressWarnings("deprecation") // the deprecated copySource names a bucket too
	static Stream<Consumer<CopyObjectRequest.Builder>> sources() {
		return Stream.of((request) -> request.sourceBucket("east").sourceKey(KEY),
				(request) -> request.sourceBucket("west").sourceKey(KEY),
				(request) -> request.sourceBucket("east").sourceKey(KEY).sourceVersionId("1"),
				(request) -> request.copySource("east/a%20key%25"),
				(request) -> request.copySource("/west/a%20key%25?versionId=1"));
	}

	@ParameterizedTest
	@MethodSource("sources")
	void areNotTakenToHaveArrivedForTheirETag(Consumer<CopyObjectRequest.Builder> source) {
		copy(source);

		this.client.headObject((request) -> request.key(KEY));

		assertThat(this.unproven).hasSize(1);
	}

	@Test
	void areNotThoseOfAnotherObject() {
		copy((request) -> request.sourceBucket("east").sourceKey("other"));

		this.client.headObject((request) -> request.key(KEY));

		assertThat(this.unproven).isEmpty();
	}

	private void copy(Consumer<CopyObjectRequest.Builder> source) {
		this.client.copyObject((request) -> {
			request.destinationBucket("east").destinationKey(KEY).metadataDirective(MetadataDirective.REPLACE);
			source.accept(request);
		});
	}

}
