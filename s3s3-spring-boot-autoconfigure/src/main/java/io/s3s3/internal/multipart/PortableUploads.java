package io.s3s3.internal.multipart;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

import org.springframework.util.function.SingletonSupplier;

/**
 * The uploads that callers of this process split themselves and that can continue at the
 * other location. Even if that is disabled, it understands the ids that other processes
 * made. Thread-safe.
 */
public final class PortableUploads implements AutoCloseable {

	static final String SECRETS = "its bytes must not be kept, or not go elsewhere: it carries its own keys or credentials";

	private static final Logger logger = LoggerFactory.getLogger(PortableUploads.class);

	/** The operations of S3 that concern uploads. */
	private static final Set<String> OPERATIONS = Set.of("CreateMultipartUpload", "UploadPart", "UploadPartCopy",
			"CompleteMultipartUpload", "AbortMultipartUpload", "ListParts", "ListMultipartUploads");

	/** Each may have a file open. */
	private static final int MAX_OPEN = 2_000;

	private static final int MAX_PARTS_REMEMBERED = 100_000;

	/** Parts may come days apart; S3 itself sets no limit. */
	private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

	private static final Duration ANSWERS_FORGOTTEN_AFTER = Duration.ofHours(1);

	private final LocationPair pair;

	private final Router router;

	private final TransferSettings settings;

	private final ByteBudget budget;

	private final MoverThreads threads;

	private final Movers movers;

	/** The open uploads, by the ids that callers hold. */
	private final Map<String, PortableUpload> open = new ConcurrentHashMap<>();

	private final Supplier<Cache<String, Completion>> completions = SingletonSupplier.of(() -> Caffeine.newBuilder()
		.maximumWeight(MAX_PARTS_REMEMBERED)
		.weigher((String id, Completion completion) -> 1 + completion.parts().size())
		.expireAfterWrite(ANSWERS_FORGOTTEN_AFTER)
		.build());

	/**
	 * Create a registry.
	 * @param pair the locations
	 * @param router decides where calls go
	 * @param settings whether uploads are portable, and how much of them is kept
	 * @param incomplete aborts what is left behind
	 */
	public PortableUploads(LocationPair pair, Router router, TransferSettings settings, IncompleteUploads incomplete) {
		this.pair = pair;
		this.router = router;
		this.settings = settings;
		this.budget = new ByteBudget(settings.keptPartsLimit());
		this.threads = new MoverThreads(settings, this::look);
		this.movers = new Movers(router.addressing(), incomplete, this.threads, settings.partConcurrency());
	}

	/**
	 * Return the passage of a call, if it is about an upload known by an id of ours.
	 * @param operation the name of the operation, such as {@code UploadPart}
	 * @param request the caller's request
	 * @return the passage, or {@code null} if the call is like any other
	 */
	public @Nullable UploadPassage passage(String operation, S3Request request) {
		if (!OPERATIONS.contains(operation)) {
			return null;
		}
		if (request instanceof CreateMultipartUploadRequest create) {
			return this.settings.keepsParts() ? new NewUpload(this, create) : null;
		}
		String id = UploadTranslation.idOf(request);
		if (id == null) {
			return this.settings.keepsParts() ? new UploadListing(this) : null;
		}
		PortableUpload upload = this.open.get(id);
		if (upload != null && upload.isOf(UploadTranslation.keyOf(request))) {
			return new KnownUpload(this, upload, request);
		}
		UploadId named = UploadId.parse(id);
		Location issuer = (named != null) ? named.issuerIn(this.pair) : null;
		if (named == null || issuer == null) {
			return null;
		}
		Completion completion = this.completions.get().getIfPresent(id);
		return (completion != null && completion.isOf(request)) ? completion : new NamedUpload(named, issuer);
	}

	/**
	 * Return what to sign for an upload, which is bound to its location from then on,
	 * since what is sent to the URL is not known.
	 * @param <R> the type of request
	 * @param request the caller's request
	 * @return the request with the real id, or {@code null} if its id is not one of ours
	 */
	public <R extends S3Request> @Nullable Signable<R> sign(R request) {
		String id = UploadTranslation.idOf(request);
		UploadId named = UploadId.parse(id);
		Location issuer = (named != null) ? named.issuerIn(this.pair) : null;
		if (named == null || issuer == null) {
			return null;
		}
		PortableUpload upload = this.open.get(named.toString());
		if (upload == null) {
			return new Signable<>(issuer, UploadTranslation.withId(request, named.realId()), false);
		}
		boolean newlyBound = upload.bind();
		return new Signable<>(upload.location(), UploadTranslation.withId(request, upload.realId()), newlyBound);
	}

	/**
	 * Return why an upload cannot be portable from the start.
	 */
	@Nullable String obstacleTo(CreateMultipartUploadRequest request) {
		if (EncryptingClients.encrypts(this.pair.primary().client())
				|| EncryptingClients.encrypts(this.pair.secondary().client())) {
			return "a client of a location encrypts what is sent";
		}
		if (!mayKeep(request)) {
			return SECRETS;
		}
		return (this.open.size() < MAX_OPEN) ? null : "more than " + MAX_OPEN + " uploads are open";
	}

	/**
	 * Return whether the content of a request may be kept and sent to the other location.
	 */
	boolean mayKeep(S3Request request) {
		return this.router.mayGoElsewhere(request) && !CustomerKeys.areIn(request);
	}

	/**
	 * Return whether the other location can make the same copy.
	 */
	boolean mayRepeat(UploadPartCopyRequest request) {
		return this.router.mayGoElsewhere(request) && !this.router.addressing().targetOf(request).foreignSource();
	}

	/**
	 * Remember an upload that has begun.
	 * @return its id, for the caller
	 */
	String begun(CreateMultipartUploadRequest request, Location location, String realId) {
		String id = UploadId.of(location, realId);
		if (!id.equals(realId)) {
			this.open.put(id, new PortableUpload(id, request, new Incarnation(location, realId),
					new KeptBytes(this.settings.directory(), this.budget), this.movers));
			this.threads.watch();
		}
		return id;
	}

	void completed(PortableUpload upload, Incarnation over, CompleteMultipartUploadRequest request,
			UploadPassage.Answer answer) {
		this.completions.get()
			.put(upload.id(), new Completion(request.key(), List.copyOf(UploadTranslation.partsOf(request)), answer));
		ended(upload, over);
	}

	void ended(PortableUpload upload, @Nullable Incarnation over) {
		this.open.remove(upload.id(), upload);
		upload.end(over);
	}

	/**
	 * Return the translation of real ids to the ids that callers know.
	 * @param location where they are
	 */
	UnaryOperator<String> idsAt(Location location) {
		Map<String, String> moved = new HashMap<>();
		this.open.values().stream().filter(PortableUpload::hasMoved).forEach((upload) -> {
			if (upload.location().role() == location.role()) {
				moved.put(upload.realId(), upload.id());
			}
		});
		return (realId) -> moved.getOrDefault(realId, UploadId.of(location, realId));
	}

	/**
	 * Move uploads away from a location that is out, and give up those that nobody uses.
	 * Returns whether any are open.
	 */
	private boolean look() {
		long now = System.nanoTime();
		for (PortableUpload upload : this.open.values()) {
			long idle = upload.idleSince(now);
			if (idle > this.settings.keptPartsLease().toNanos()) {
				giveUp(upload, idle);
			}
			else if (upload.isKeepingParts() && !upload.isResting(now) && !this.router.isWell(upload.location())) {
				Location other = this.pair.get(upload.location().role().other());
				if (this.router.isWell(other)) {
					upload.bringTo(other);
				}
			}
		}
		return !this.open.isEmpty();
	}

	/**
	 * Release an upload. If it is where its id says, nothing else need be known about it.
	 */
	private void giveUp(PortableUpload upload, long idle) {
		if (upload.bind()) {
			logger.debug("An upload in parts is no longer used; its kept parts are deleted");
		}
		if (!upload.hasMoved() || idle > FORGOTTEN_AFTER.toNanos()) {
			upload.close();
			this.open.remove(upload.id(), upload);
		}
	}

	@Override
	public void close() {
		this.threads.close();
		this.open.values().forEach(PortableUpload::close);
		this.open.clear();
	}

	/**
	 * A request that can be signed.
	 *
	 * @param <R> the type of request
	 * @param location the location of the upload
	 * @param request the request with the id that the location knows
	 * @param newlyBound whether the upload is bound to its location from now on
	 */
	public record Signable<R extends S3Request>(Location location, R request, boolean newlyBound) {

	}

}
