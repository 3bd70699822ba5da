package io.s3s3;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailedOver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Two locations that answer as a test tells them, and a client that uploads in parts.
 */
abstract class AbstractMultipartUploadTests {

	static final int MB = 1024 * 1024;

	final S3Client primary = mock(S3Client.class);

	final S3Client secondary = mock(S3Client.class);

	final List<RequestEvent> events = Collections.synchronizedList(new ArrayList<>());

	final FailoverS3Client client = FailoverS3Client.builder()
		.primary(this.primary, "east")
		.secondary(this.secondary, "west")
		.listener(this.events::add)
		.build();

	@BeforeEach
	void setUp() {
		givenThatAllIsWellAt(this.primary);
		givenThatAllIsWellAt(this.secondary);
	}

	@AfterEach
	void stop() {
		this.client.close();
	}

	PutObjectResponse upload() {
		return this.client.upload(PutObjectRequest.builder().key("k").requestPayer("requester").build(),
				RequestBody.fromBytes(new byte[20 * MB]));
	}

	RequestFailedOver failover() {
		return this.events.stream()
			.filter(RequestFailedOver.class::isInstance)
			.map(RequestFailedOver.class::cast)
			.findFirst()
			.orElseThrow();
	}

	static void givenThatAllIsWellAt(S3Client location) {
		given(location.createMultipartUpload(any(CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());
		given(location.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willAnswer((invocation) -> {
			UploadPartRequest request = invocation.getArgument(0);
			return UploadPartResponse.builder()
				.eTag("part" + request.partNumber())
				.checksumCRC32("crc" + request.partNumber())
				.build();
		});
		given(location.completeMultipartUpload(any(CompleteMultipartUploadRequest.class)))
			.willReturn(CompleteMultipartUploadResponse.builder().eTag("whole").versionId("v").build());
	}

	static SdkClientException reset() {
		return SdkClientException.create("Unable to execute HTTP request", new SocketException("Connection reset"));
	}

}
