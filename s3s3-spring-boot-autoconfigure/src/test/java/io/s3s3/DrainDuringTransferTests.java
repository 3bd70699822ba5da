package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.s3s3.event.BytesTransferred;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.OneShot;
import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Transfers that break after an operator drained or undrained the other location: they
 * follow the route as it is then, not as it was when they began.
 */
class DrainDuringTransferTests {

	private static final byte[] CONTENT = content(12_000_000);

	private static final int HALF = CONTENT.length / 2;

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	private final List<FailoverS3Client> clients = new ArrayList<>();

	@TempDir
	private Path folder;

	private DownloadCutter primary;

	private DownloadCutter secondary;

	private FaultProxy primaryForUploads;

	private FaultProxy secondaryForUploads;

	@SuppressWarnings("NullAway.Init")
	private FailoverControl control;

	@BeforeEach
	void start() {
		List.of(east, west).forEach((server) -> server.put("k", CONTENT));
		this.primary = DownloadCutter.before(east);
		this.secondary = DownloadCutter.before(west);
		this.primaryForUploads = FaultProxy.to(east.endpoint());
		this.secondaryForUploads = FaultProxy.to(west.endpoint());
	}

	@AfterEach
	void stop() {
		this.clients.forEach(FailoverS3Client::close);
		this.primary.close();
		this.secondary.close();
		this.primaryForUploads.close();
		this.secondaryForUploads.close();
	}

	@Test
	void doesNotReadTheRestOfAStreamFromALocationThatWasDrained() throws IOException {
		FailoverS3Client client = client(this.primary.uri(), this.secondary.uri());
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? HALF : length);

		try (InputStream stream = client.getObject((request) -> request.key("k"))) {
			byte[] begin = stream.readNBytes(1000);
			this.control.drain(LocationRole.SECONDARY);

			assertThat(begin).isEqualTo(Arrays.copyOf(CONTENT, 1000));
			assertThat(stream.readAllBytes()).hasSize(CONTENT.length - 1000);
		}

		assertThat(this.secondary.requests()).isEmpty();
		assertThat(this.primary.requests()).hasSize(2);
	}

	@Test
	void failsRatherThanReadTheRestFromALocationThatWasDrained() throws IOException {
		FailoverS3Client client = client(this.primary.uri(), this.secondary.uri());
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? HALF : 0);

		try (InputStream stream = client.getObject((request) -> request.key("k"))) {
			stream.readNBytes(1000);
			this.control.drain(LocationRole.SECONDARY);

			assertThatIOException().isThrownBy(stream::readAllBytes);
		}

		assertThat(this.secondary.requests()).isEmpty();
	}

	@Test
	void doesNotGoOnWithAStreamAtItsOwnLocationThatWasDrained() throws IOException {
		FailoverS3Client client = client(this.primary.uri(), this.secondary.uri());
		this.primary.cut(Cut.CLOSE, (length) -> HALF);
		this.secondary.cut(Cut.CLOSE, (length) -> 0);

		try (InputStream stream = client.getObject((request) -> request.key("k"))) {
			stream.readNBytes(1000);
			this.control.drain(LocationRole.PRIMARY);

			assertThatIOException().isThrownBy(stream::readAllBytes);
		}

		assertThat(this.primary.requests()).hasSize(1);
		assertThat(this.secondary.requests()).isNotEmpty();
	}

	@Test
	void readsTheRestOfAStreamFromALocationThatWasUndrained() throws IOException {
		FailoverS3Client client = client(this.primary.uri(), this.secondary.uri());
		this.control.drain(LocationRole.SECONDARY);
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? HALF : 0);

		try (InputStream stream = client.getObject((request) -> request.key("k"))) {
			stream.readNBytes(1000);
			this.control.undrain(LocationRole.SECONDARY);

			assertThat(stream.readAllBytes()).hasSize(CONTENT.length - 1000);
		}

		assertThat(this.secondary.requests()).hasSize(1);
	}

	@Test
	void fetchesNoPartFromALocationThatWasDrained() throws IOException {
		FailoverS3Client client = client(this.primary.uri(), this.secondary.uri()).on(BytesTransferred.class,
				(event) -> this.control.drain(LocationRole.SECONDARY));
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 6_000_000 : length);

		client.getObject((request) -> request.key("k"), this.folder.resolve("target"));

		assertThat(Files.readAllBytes(this.folder.resolve("target"))).isEqualTo(CONTENT);
		assertThat(this.secondary.requests()).isEmpty();
	}

	@Test
	void beginsAnUploadAgainAtALocationThatWasUndrained() {
		FailoverS3Client client = client(this.primaryForUploads.uri(), this.secondaryForUploads.uri());
		this.control.drain(LocationRole.SECONDARY);
		this.primaryForUploads.cutAfter(HALF);

		client.upload(PutObjectRequest.builder().key("up").build(), RequestBody
			.fromInputStream(at(1_000_000, () -> this.control.undrain(LocationRole.SECONDARY)), CONTENT.length));

		assertThat(west.client().getObjectAsBytes((request) -> request.bucket("west").key("up")).asByteArray())
			.isEqualTo(CONTENT);
	}

	@Test
	void doesNotBeginAnUploadAgainAtALocationThatWasDrained() {
		FailoverS3Client client = client(this.primaryForUploads.uri(), this.secondaryForUploads.uri());
		this.primaryForUploads.cutAfter(HALF);
		Throwable failure = catchThrowable(() -> client.upload(PutObjectRequest.builder().key("up").build(), RequestBody
			.fromInputStream(at(1_000_000, () -> this.control.drain(LocationRole.SECONDARY)), CONTENT.length)));

		assertThat(FailoverTrace.of(failure)).get().asString().contains("an operator took the other location out");
		assertThat(this.secondaryForUploads.heads()).isEmpty();
	}

	private FailoverS3Client client(URI primary, URI secondary) {
		LocationPair pair = new LocationPair(Location.of(LocationRole.PRIMARY, EmbeddedS3.client(primary), "east"),
				Location.of(LocationRole.SECONDARY, EmbeddedS3.client(secondary), "west"));
		TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());
		this.control = FailoverControl.of(director, pair, HealthProbe.headBucket(Duration.ofSeconds(2)));
		FailoverS3Client client = FailoverS3Client.builder()
			.locations(pair)
			.director(director)
			.transfer(TransferSettings.builder()
				.multipartThreshold(DataSize.ofMegabytes(6))
				.partSize(DataSize.ofMegabytes(5))
				.directory(this.folder)
				.build())
			.build();
		this.clients.add(client);
		return client;
	}

	private static InputStream at(long position, Runnable action) {
		return new OneShot(CONTENT) {

			private boolean done;

			@Override
			public int read(byte[] bytes, int offset, int length) {
				try {
					if (!this.done && count() >= position) {
						this.done = true;
						action.run();
					}
					return super.read(bytes, offset, length);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}

		};
	}

	private static byte[] content(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

}
